<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Window</name>
    <message id="open">
        <location filename="window.cpp" line="12"/>
        <source>&amp;Open &quot;%1&quot;</source>
        <oldsource>Open</oldsource>
        <comment>menu</comment>
        <translation>&amp;Öffne „%1“</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation type="unfinished">
            <numerusform>%n Datei</numerusform>
            <numerusform variants="yes"><lengthvariant>%n Dateien</lengthvariant><lengthvariant>%n D.</lengthvariant></numerusform>
        </translation>
    </message>
    <message>
        <source>beep<byte value="x7"/></source>
        <translation type="vanished">piep<byte value="7"/></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
