#!/usr/bin/env python3
"""Writes tests/golden/metrics/sacrebleu.json: what sacreBLEU says about segments made up here.

    python3 -m venv /tmp/sacrebleu && /tmp/sacrebleu/bin/pip install sacrebleu==2.6.0
    /tmp/sacrebleu/bin/python tools/make_metric_golden.py

All text comes from the generator below, seeded; nothing is quoted from anywhere. Each case is a few segments, one
to three references, a metric and its options; the answer is sacreBLEU's score (in full), its line and its
signature. More cases from other seeds (--cases 5000 --seed 7 --output /tmp/more.json) can be checked with
HEED_METRIC_GOLDEN=/tmp/more.json build/dev/metrics_tests --gtest_filter='*Golden*'.

With --characters it writes tests/golden/metrics/characters.json: BLEU by the tokenizations zh and char alone, on text
with more characters of which the former is to know something.

With --mecab ja (pip install 'sacrebleu[ja]'; or ko) it writes tests/golden/metrics/mecab_ja.json: BLEU by ja-mecab, on
Japanese text.

With --wmt17 FOLDER (holding newstest2017.*.gz, which are not ours to copy) it writes only what sacreBLEU says about
those systems: tests/golden/metrics/wmt17.json.
"""
import argparse
import gzip
import json
import logging
import pathlib
import random

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER

WORDS = """
the a An of to in on and Or not Is are was who which that This train Train trains river house HOUSE tree green old
seven 7 12 3.14 1,000 1.000,50 2024. 2024, 10-15 -5 5- 3-4-5 .5 5. ,5 ½ ² ٣ Ⅷ 百 1.a a.1 1,a 99% $5 €7 £3.50 #1 @x x@y.org
Haus über Straße STRASSE Ärger ÄRGER ﬁnd İstanbul ISTANBUL ıŞık ΟΔΥΣΣΕΥΣ ΣΑΣ Σ ΑΣ. ΌΣΟΣ' naïve nai\u0308ve cafe\u0301 Å A\u030a
don't it's John's 's s' o'clock rock'n'roll "quoted" 'single' (round) [square] {curly} <angle> a/b a\\b a_b a|b a~b a^b `tick`
well-known e-mail -- --- — – ... …. .,., !? ?! ;; :: !!!!! ,,, . , - ' " & &amp; &lt; &gt; &quot; &amp;lt; &amp;amp; &apos; &#39;
&lt;b&gt; AT&T <skipped> x<skipped>y 「引用」 。 、 ，。！ 《书》 · ・ ‘so’ “so” „so“ «so» ‹so› ¡hola! ¿qué?
日本 日本語の文 中文字符 東京タワー カタカナ ひらがな 한국어 문장 ｆｕｌｌ ㍿ ㋿ ㌀ ⺀ ㇀ 豈 ︰ العربية ١٢٣ हिन्दी १२ ไทย עברית
😀 👍🏽 👨‍👩‍👧 🇩🇪 ❤️ ™ © ® ± × ÷ ∑ → ° § ¶ † ‰ ´ ¨ ^ + = < > | ~ $ ¬ ⠿ ﷼ 𝔘𝔫𝔦 𐐀𐐨 \u200b a\u200bb \u00ad \ufeff x\u0000y
""".split()
# Around the borders of what the tokenization zh takes for Chinese, some of which are odd.
CHARACTERS = """
我们 喜欢 学习 。 今天天气很好， 我们去公园。 学习， 机器翻译 “引号” ‘单’ —— …… 《书名》 、 １２３ ＡＢＣ ％ ３.５ 3.5元 100米 第1章 中a文b 中,文 中.文 1,000元 2-3次
東京都に行きます。 カタカナ・テスト ｶﾀｶﾅ ひらがなと漢字 っゃゅ 々 〆 ヶ 한국어를 배웁니다. ㈜ ㎏ ℃ № ① ☆ ♪ ✓ ❤ ➜ ⟶ ⠿ ⤴ ⩬ ⩭ ⩮ ⫝ ⬛ ⽀ ⾀ ⾁ ⾡ ⿰ ㄅㄆ ㆠ ㇀ 㐀 䶵 䶶
一 龥 龦 龻 龼 豈 﨔 𠀀 𪛖 𪛗 丽 你 𫝀 ︐ ︰ ﹏ ﹐ \u2000a \u2001a \u2002a a\u200bb a\u200db a\u2010b a–b a…b €5 ₩5 ™ ⁉ ⃝ 鿿 ꀀ ﷼ ！？ ～ ￥ ￯ \ufff0 x\u3000y ㍿ ㊙ 🀄 😀
""".replace("\n", " ").split(" ")
# Sentences whose words can be taken apart in more than one way, numbers, Latin letters, rare characters, spaces.
JAPANESE = """
私は 東京都に 住んで います。 すもももももももものうち 今日は とても 寒いですね。 彼女が 公園で 犬と 遊んでいる 機械翻訳の 品質を 測る 外国人参政権 食べられなかった
行きたくない 新幹線で 大阪まで 二時間半 かかります １２３ 3.5キロ ABC株式会社 「そうですか」と 言った。 コンピューター ﾃｽﾄ 々 〆切 お待ちください！ え？ … ・ Ｗｅｂサイト 𠮷野家 鷗外 ヶ月 ㍿ 😀
""".split()
KOREAN = """
나는 서울에 살고 있습니다. 오늘은 정말 춥네요. 그녀가 공원에서 개와 놀고 있다 기계번역의 품질을 측정한다 먹지 못했다 가고 싶지않아요 한국어형태소분석 아버지가방에들어가신다 3.5킬로 ABC주식회사
"그래요?"라고 말했다. 컴퓨터 １２３ ㈜ 을지로3가역 안녕하세요! … · 😀 漢字 ㅋㅋㅋ 됐어 뵈어요
""".split()
METRICS = {"bleu": BLEU, "chrf": CHRF, "ter": TER}
SPACES = [" "] * 30 + ["  ", "\t", "\u00a0", "\u202f", "\u3000", "\u2003", "\u2028", "\u0085", "\x1c", "\r", "\x0b", ""]
HARD = [" \n", "\n", "-\n", "\n-"]


class Generator:
    all_words = WORDS

    def __init__(self, seed):
        self.random = random.Random(seed)

    def words(self, vocabulary, length):
        return [self.random.choice(vocabulary) for _ in range(length)]

    def distorted(self, words, vocabulary):
        """Another wording: words lost, added, replaced, and runs of them moved."""
        words = list(words)
        for _ in range(self.random.choice([0, 1, 2, 4, 8]) * (1 + len(words) // 20)):
            at = self.random.randrange(len(words) + 1)
            what = self.random.randrange(5)
            if what == 0:
                del words[at:at + 1]
            elif what == 1:
                words.insert(at, self.random.choice(vocabulary))
            elif what == 2:
                words[at:at + 1] = [self.random.choice(vocabulary)]
            else:
                run = self.random.randrange(1, 14)
                moved = words[at:at + run]
                del words[at:at + run]
                to = self.random.randrange(len(words) + 1)
                words[to:to] = moved
        if self.random.random() < 0.1:
            words = [self.random.choice([w.upper(), w.lower(), w.title()]) for w in words]
        return words

    def joined(self, words):
        text = ""
        spaces = [" "] if self.random.random() < 0.5 else SPACES
        if self.random.random() < 0.03:
            spaces = spaces + HARD
        for word in words:
            text += word + self.random.choice(spaces)
        style = self.random.random()
        if style < 0.5:
            text = text.rstrip() + self.random.choice([".", "!", "", " .", "\n", "..."])
        elif style < 0.55:
            text = self.random.choice(SPACES) + text
        return text

    def segment(self, references, longest):
        length = self.random.choice([0, 1, 1, 2, 3, 4, 5, 8, 12, 20, 30, longest])
        # Few different words make many ways to align and shift.
        size = self.random.choice([2, 4, 10, 40, len(self.all_words)])
        vocabulary = self.random.sample(self.all_words, size)
        truth = self.words(vocabulary, length)
        streams = [self.distorted(truth, vocabulary) for _ in range(references + 1)]
        if self.random.random() < 0.05:
            streams[self.random.randrange(len(streams))] = self.words(vocabulary, self.random.choice([0, 1, longest]))
        return [self.joined(words) for words in streams]

    def bleu(self):
        pick = self.random.choice
        return dict(tokenize=pick(["13a", "intl", "none"]), smooth_method=pick(["exp", "exp", "none", "floor", "add-k"]),
                    smooth_value=pick([None, None, 0.3, 2]), lowercase=pick([False, False, True]),
                    effective_order=pick([False, True]), max_ngram_order=pick([4, 4, 4, 1, 2, 6]))

    def chrf(self):
        pick = self.random.choice
        return dict(char_order=pick([6, 6, 6, 1, 3]), word_order=pick([0, 2, 2, 1, 3]), beta=pick([2, 2, 1, 3, 0]),
                    lowercase=pick([False, False, True]), whitespace=pick([False, False, True]),
                    eps_smoothing=pick([False, True]))

    def ter(self):
        pick = self.random.choice
        return dict(normalized=pick([False, False, True]), no_punct=pick([False, False, True]),
                    asian_support=pick([False, True]), case_sensitive=pick([False, False, True]))

    def few(self):
        return {}

    def kind(self):
        return self.random.choice(["bleu", "bleu", "chrf", "ter"])

    def case(self, longest):
        references = self.random.choice([1, 1, 1, 2, 3])
        count = self.random.choice([1, 1, 2, 3, 6])
        streams = list(zip(*[self.segment(references, longest) for _ in range(count)]))
        kind = self.kind()
        options = {"bleu": self.bleu, "chrf": self.chrf, "ter": self.ter}[kind]()
        if self.random.random() < 0.1:
            options = self.few()
        hypotheses, *others = [list(stream) for stream in streams]
        return dict(metric=kind, options={k: v for k, v in options.items() if v is not None}, hypotheses=hypotheses,
                    references=others, **answer(METRICS[kind](**options), hypotheses, others))


class CharacterGenerator(Generator):
    """BLEU by characters: what text has no spaces between its words is measured by."""
    all_words = WORDS + [word for word in CHARACTERS if word.strip()]

    def kind(self):
        return "bleu"

    def few(self):
        return dict(tokenize=self.random.choice(["zh", "char"]))

    def bleu(self):
        return super().bleu() | self.few()


class MecabGenerator(Generator):
    """BLEU by words that MeCab finds."""

    def __init__(self, seed, language):
        super().__init__(seed)
        self.language = language
        self.all_words = {"ja": JAPANESE, "ko": KOREAN}[language] + ["and", "7", "1,000", "a.b", "x"]

    def kind(self):
        return "bleu"

    def few(self):
        return dict(tokenize=f"{self.language}-mecab")

    def bleu(self):
        return super().bleu() | self.few()

    def joined(self, words):
        # Most of this text has no spaces.
        return "".join(word + self.random.choice(["", "", "", " ", "\u3000"]) for word in words)


def answer(metric, hypotheses, references):
    score = metric.corpus_score(hypotheses, references)
    signature = str(metric.get_signature()).rsplit("|version:", 1)[0]
    return dict(score=score.score, text=str(score), signature=signature)


def write(path, origin, cases):
    with open(path, "w", encoding="utf-8") as out:
        out.write('{"origin": ' + json.dumps(f"tools/make_metric_golden.py {origin}, sacreBLEU {sacrebleu.__version__}"))
        out.write(', "cases": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]}\n")


def wmt17(folder):
    """Every system against the reference; the last one also against the reference and another system's output."""
    def lines(path):
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            return [line.rstrip("\n") for line in file]

    reference = lines(folder / "newstest2017.ref.de.gz")
    systems = {path.name[:-3]: lines(path) for path in sorted(folder.glob("newstest2017.*.en-de.gz"))}
    first = next(iter(systems))
    for name, hypotheses in systems.items():
        for kind, options in [("bleu", {}), ("bleu", dict(tokenize="intl")), ("bleu", dict(tokenize="none")),
                              ("bleu", dict(lowercase=True)), ("chrf", {}), ("chrf", dict(word_order=2)), ("ter", {})]:
            metric = METRICS[kind](**options)
            yield dict(metric=kind, options=options, system=name, references=["newstest2017.ref.de"],
                       **answer(metric, hypotheses, [reference]))
    for kind in METRICS:
        yield dict(metric=kind, options={}, system=name, references=["newstest2017.ref.de", first],
                   **answer(METRICS[kind](), hypotheses, [reference, systems[first]]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=240)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--longest", type=int, default=90, help="words of the longest segments")
    parser.add_argument("--characters", action="store_true", help="BLEU by the tokenizations zh and char alone")
    parser.add_argument("--mecab", choices=["ja", "ko"], help="BLEU by ja-mecab or ko-mecab alone")
    parser.add_argument("--output", help="the file [as said above]")
    parser.add_argument("--wmt17", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    if arguments.wmt17:
        write("tests/golden/metrics/wmt17.json", "--wmt17", wmt17(arguments.wmt17))
        return
    if arguments.mecab:
        generator = MecabGenerator(arguments.seed, arguments.mecab)
    else:
        generator = (CharacterGenerator if arguments.characters else Generator)(arguments.seed)
    cases = [generator.case(arguments.longest) for _ in range(arguments.cases)]
    name = f"mecab_{arguments.mecab}" if arguments.mecab else "characters" if arguments.characters else "sacrebleu"
    write(arguments.output or f"tests/golden/metrics/{name}.json",
          f"--cases {arguments.cases} --seed {arguments.seed} --longest {arguments.longest}"
          + (" --characters" if arguments.characters else "")
          + (f" --mecab {arguments.mecab}" if arguments.mecab else ""), cases)


if __name__ == "__main__":
    main()
