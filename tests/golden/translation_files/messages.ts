<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS language="de">
<message>
    <source>1 &amp; {0} e-mail &quot;quoted&quot; &lt;b&gt;bold&lt;/b&gt;</source>
    <translation type="unfinished"></translation>
</message>
<message numerus="yes">
    <source>3	naïve</source>
    <translation>
        <numerusform>5 %s %d 犬 犬 back\slash</numerusform>
        <numerusform>6 {0} café&#xa0;noir naïve %d naïve e-mail</numerusform>
    </translation>
</message>
<message>
    <source>7
dog
犬
犬
café&#xa0;noir
%s</source>
    <translation type="vanished">8 犬 100% &apos; %d naïve 犬 größer</translation>
</message>
<message>
    <source>9 &apos;</source>
    <translation type="vanished">10 \n &quot;quoted&quot; %s &lt;b&gt;bold&lt;/b&gt; 100% %s &apos; größer</translation>
</message>
<message numerus="yes">
    <source>11	\n	%s	\n	&amp;	cat	naïve	größer</source>
    <translation type="unfinished">
        <numerusform>13 cat</numerusform>
        <numerusform>14 犬 \n</numerusform>
    </translation>
</message>
<message numerus="yes">
    <source>15	\n	&quot;quoted&quot;	100%	&lt;b&gt;bold&lt;/b&gt;	犬</source>
    <translation type="unfinished">
        <numerusform>17 \n dog back\slash</numerusform>
        <numerusform>18 %d back\slash back\slash 犬 &amp; &apos; %s 100%</numerusform>
    </translation>
</message>
<message>
    <source>19 cat</source>
    <translation type="vanished">20	&quot;quoted&quot;	cat	e-mail</translation>
</message>
<message>
    <source>21
cat
&amp;
café&#xa0;noir
犬
100%
%s</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>23 &apos; naïve 100% %s e-mail %s cat</source>
    <translation type="unfinished"></translation>
</message>
<message numerus="yes">
    <source>25	\n	cat	\n</source>
    <translation>
        <numerusform>27 &lt;b&gt;bold&lt;/b&gt; 100% %s %d \n 犬 e-mail</numerusform>
        <numerusform>28 café&#xa0;noir %s größer \n {0} e-mail &lt;b&gt;bold&lt;/b&gt;</numerusform>
    </translation>
</message>
<message>
    <source>29	{0}</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>31 {0} %s dog %s %d dog größer</source>
    <translation>32	{0}	naïve	cat	%s	%d	\n	e-mail</translation>
</message>
<message>
    <source>33 &lt;b&gt;bold&lt;/b&gt;</source>
    <translation>34	e-mail	größer</translation>
</message>
<message>
    <source>35 back\slash</source>
    <translation type="obsolete">36 犬</translation>
</message>
<message>
    <source>37 &apos; {0}</source>
    <translation type="vanished">38 {0} naïve e-mail {0} &amp;</translation>
</message>
<message>
    <source>39 café&#xa0;noir 100% 100% &apos; &lt;b&gt;bold&lt;/b&gt; %s</source>
    <translation type="vanished">40
100%
&amp;
%d
back\slash
%d
%d
&quot;quoted&quot;
\n</translation>
</message>
<message numerus="yes">
    <source>41	dog	%d	dog	犬	&amp;</source>
    <translation type="unfinished">
        <numerusform>43
café&#xa0;noir
naïve</numerusform>
        <numerusform>44	back\slash	naïve	%d	dog	cat</numerusform>
    </translation>
</message>
<message numerus="yes">
    <source>45 犬 café&#xa0;noir &apos; &apos; {0} &quot;quoted&quot; größer back\slash</source>
    <translation type="unfinished">
        <numerusform>47	犬	back\slash	%s</numerusform>
        <numerusform>48 &lt;b&gt;bold&lt;/b&gt; &lt;b&gt;bold&lt;/b&gt; {0} %d \n back\slash</numerusform>
    </translation>
</message>
<message>
    <source>49 dog dog café&#xa0;noir &lt;b&gt;bold&lt;/b&gt; back\slash</source>
    <translation type="obsolete">50 %d e-mail &lt;b&gt;bold&lt;/b&gt;</translation>
</message>
<message>
    <source>51 naïve 犬 {0} naïve e-mail naïve 犬 back\slash</source>
    <translation type="obsolete">52 café&#xa0;noir &apos; {0} café&#xa0;noir {0} \n</translation>
</message>
<message>
    <source>53	dog	größer	%d	&apos;	back\slash	{0}	{0}</source>
    <translation>54	&quot;quoted&quot;</translation>
</message>
<message>
    <source>55 back\slash 犬 &lt;b&gt;bold&lt;/b&gt; größer e-mail naïve e-mail &lt;b&gt;bold&lt;/b&gt;</source>
    <translation type="vanished">56 &lt;b&gt;bold&lt;/b&gt; 犬 &quot;quoted&quot; cat</translation>
</message>
<message>
    <source>57 dog café&#xa0;noir naïve %d &amp;</source>
    <translation>58 \n</translation>
</message>
<message>
    <source>59 cat 犬 %d &quot;quoted&quot; 100%</source>
    <translation type="vanished">60	back\slash	dog</translation>
</message>
<message>
    <source>61 &quot;quoted&quot; %s 犬 e-mail café&#xa0;noir &lt;b&gt;bold&lt;/b&gt; {0}</source>
    <translation type="obsolete">62	größer	café&#xa0;noir	{0}</translation>
</message>
<message numerus="yes">
    <source>63 \n %d {0} cat 100% dog größer</source>
    <translation>
        <numerusform>65
dog
e-mail
%d
&apos;</numerusform>
        <numerusform>66 %d café&#xa0;noir %s &amp; e-mail back\slash</numerusform>
    </translation>
</message>
<message>
    <source>67 %s</source>
    <translation>68 e-mail \n &lt;b&gt;bold&lt;/b&gt; naïve \n</translation>
</message>
<message>
    <source>69
café&#xa0;noir
e-mail
back\slash
&lt;b&gt;bold&lt;/b&gt;
%d
cat</source>
    <translation type="unfinished">70	cat	%s	&lt;b&gt;bold&lt;/b&gt;	\n</translation>
</message>
<message>
    <source>71 &amp; café&#xa0;noir café&#xa0;noir dog &lt;b&gt;bold&lt;/b&gt;</source>
    <translation type="obsolete">72 dog cat dog e-mail &quot;quoted&quot;</translation>
</message>
<message numerus="yes">
    <source>73 back\slash 犬 {0} {0}</source>
    <translation type="unfinished">
        <numerusform>75 犬 %s 100% \n %d</numerusform>
        <numerusform>76
e-mail</numerusform>
    </translation>
</message>
<message numerus="yes">
    <source>77	100%	100%	\n	%s	größer	größer</source>
    <translation>
        <numerusform>79 &quot;quoted&quot; \n &lt;b&gt;bold&lt;/b&gt; %d &lt;b&gt;bold&lt;/b&gt;</numerusform>
        <numerusform>80
%s
e-mail
&amp;
\n
dog</numerusform>
    </translation>
</message>
<message>
    <source>81 &lt;b&gt;bold&lt;/b&gt; naïve café&#xa0;noir</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>83 %d dog</source>
    <translation type="obsolete">84	größer	cat	\n	\n</translation>
</message>
<message numerus="yes">
    <source>85 %d %s cat</source>
    <translation type="unfinished">
        <numerusform>87	&quot;quoted&quot;	{0}	e-mail	e-mail</numerusform>
        <numerusform>88 back\slash 100% {0} cat cat %d</numerusform>
    </translation>
</message>
<message numerus="yes">
    <source>89	犬	naïve	back\slash	%s</source>
    <translation type="unfinished">
        <numerusform>91 dog dog &amp; %s</numerusform>
        <numerusform>92
e-mail
cat
犬
{0}
%d
&quot;quoted&quot;</numerusform>
    </translation>
</message>
<message>
    <source>93
back\slash
dog
&apos;
&quot;quoted&quot;
&apos;
dog</source>
    <translation>94 &amp; \n 犬 cat</translation>
</message>
<message>
    <source>95	café&#xa0;noir	cat	%d</source>
    <translation>96
\n
dog
dog
{0}</translation>
</message>
<message>
    <source>97	cat	&quot;quoted&quot;	%d</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>99
größer
\n
cat
&quot;quoted&quot;
back\slash
%s</source>
    <translation>100 &amp; &lt;b&gt;bold&lt;/b&gt; %s %d &quot;quoted&quot; &quot;quoted&quot; cat back\slash</translation>
</message>
<message>
    <source>101 %d größer cat</source>
    <translation type="unfinished">102
größer
%s
e-mail
犬
café&#xa0;noir
cat
&quot;quoted&quot;
犬</translation>
</message>
<message>
    <source>103	back\slash</source>
    <translation type="unfinished">104 &lt;b&gt;bold&lt;/b&gt; %s 100% &lt;b&gt;bold&lt;/b&gt; 100% cat</translation>
</message>
<message>
    <source>105 %d %s &lt;b&gt;bold&lt;/b&gt; &lt;b&gt;bold&lt;/b&gt;</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>107	&lt;b&gt;bold&lt;/b&gt;	&lt;b&gt;bold&lt;/b&gt;	café&#xa0;noir	\n	%d	%s	café&#xa0;noir</source>
    <translation>108 cat</translation>
</message>
<message>
    <source>109 &quot;quoted&quot; &amp; café&#xa0;noir \n café&#xa0;noir \n größer</source>
    <translation type="obsolete">110 &lt;b&gt;bold&lt;/b&gt; dog</translation>
</message>
<message>
    <source>111 100% 犬 back\slash &quot;quoted&quot; café&#xa0;noir</source>
    <translation type="unfinished">112 naïve &apos; %d e-mail dog %s größer &apos;</translation>
</message>
<message>
    <source>113	%d	\n	犬	\n	%s</source>
    <translation type="obsolete">114 犬 größer back\slash %d \n &amp; naïve \n</translation>
</message>
<message>
    <source>115 &amp; 犬 cat café&#xa0;noir dog cat dog %d</source>
    <translation type="obsolete">116
back\slash
{0}
{0}
naïve</translation>
</message>
<message>
    <source>117 café&#xa0;noir &lt;b&gt;bold&lt;/b&gt; \n cat &amp;</source>
    <translation>118 100%</translation>
</message>
<message>
    <source>119 100% cat naïve</source>
    <translation>120 café&#xa0;noir back\slash &quot;quoted&quot; dog back\slash back\slash</translation>
</message>
<message>
    <source>121
e-mail
back\slash
100%
&lt;b&gt;bold&lt;/b&gt;</source>
    <translation>122	&lt;b&gt;bold&lt;/b&gt;	&apos;	{0}</translation>
</message>
<message>
    <source>123 &lt;b&gt;bold&lt;/b&gt;</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>125 100% \n {0} 犬 {0} &amp;</source>
    <translation>126
café&#xa0;noir
&lt;b&gt;bold&lt;/b&gt;
e-mail
100%
back\slash
naïve
%d</translation>
</message>
<message numerus="yes">
    <source>127	\n	cat</source>
    <translation>
        <numerusform>129
&apos;
100%
&amp;
e-mail
dog
100%
back\slash</numerusform>
        <numerusform>130 %s &quot;quoted&quot; \n back\slash &quot;quoted&quot;</numerusform>
    </translation>
</message>
<message>
    <source>131 &quot;quoted&quot; e-mail {0} e-mail back\slash café&#xa0;noir cat 100%</source>
    <translation>132	%d	dog	&apos;</translation>
</message>
<message numerus="yes">
    <source>133 cat dog naïve</source>
    <translation>
        <numerusform>135
größer
cat
&lt;b&gt;bold&lt;/b&gt;
cat</numerusform>
        <numerusform>136
naïve
naïve</numerusform>
    </translation>
</message>
<message>
    <source>137 %d %d</source>
    <translation>138	%s</translation>
</message>
<message>
    <source>139 dog café&#xa0;noir e-mail \n</source>
    <translation type="unfinished"></translation>
</message>
<message>
    <source>141 \n</source>
    <translation type="vanished">142 &lt;b&gt;bold&lt;/b&gt; %s naïve cat e-mail {0} back\slash</translation>
</message>
<message>
    <source>143
&apos;
100%
café&#xa0;noir</source>
    <translation type="vanished">144 %d &quot;quoted&quot;</translation>
</message>
<message>
    <source>145	café&#xa0;noir	e-mail	&apos;	back\slash	100%	naïve	größer	größer</source>
    <translation type="obsolete">146
größer</translation>
</message>
</TS>
