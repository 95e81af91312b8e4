"""What LaTeX's names of letters and signs stand for, and its accents."""

from functools import cache
from typing import Any

_PAIRS = """
ss ß SS ẞ o ø O Ø l ł L Ł aa å AA Å ae æ AE Æ oe œ OE Œ i \u0131 j ȷ dh ð DH Ð eth ð Eth Ð th þ TH Þ
dj đ DJ Đ ng ŋ NG Ŋ ij ĳ IJ Ĳ ao å textschwa ə textesh ʃ textturna ɐ textltailn ɲ
textbeltl ɬ textglotstop ʔ textopeno ɔ textepsilon ɛ textscripta ɑ textyogh ʒ
textsecstress ˌ textprimstress ˈ textlengthmark ː texteth ð
textthorn þ textthornvari þ textthornvarii þ textthornvariii þ textthornvariv þ textcrd đ textHbar
Ħ textcrh ħ texthbar ħ textkra ĸ textbarl ł textTbar Ŧ textTstroke Ŧ texttbar ŧ texttstroke ŧ
textcrb ƀ textBhook Ɓ textOopen Ɔ textChook Ƈ textchook ƈ texthtc ƈ textDafrican Ɖ textDhook Ɗ
textEreversed Ǝ textEopen Ɛ textFhook Ƒ textGammaafrican Ɣ textIotaafrican Ɩ textKhook Ƙ textkhook
ƙ texthtk ƙ textcrlambda ƛ textNhookleft Ɲ textPhook Ƥ textphook ƥ texthtp ƥ textEsh Ʃ
textlooptoprevesh ƪ textpalhookbelow ƫ textThook Ƭ textthook ƭ texthtt ƭ textTretroflexhook Ʈ
textVhook Ʋ textYhook Ƴ textyhook ƴ textEzh Ʒ texteturned ǝ textturnscripta ɒ textbhook ɓ texthtb
ɓ textoopen ɔ textctc ɕ textdtail ɖ textrtaild ɖ textdhook ɗ texthtd ɗ textreve ɘ textrhookschwa ɚ
texteopen ɛ textrevepsilon ɜ textrhookrevepsilon ɝ textcloserevepsilon ɞ textbardotlessj ɟ texthtg
ɠ textscriptg ɡ textscg ɢ textgammalatinsmall ɣ textramshorns ɤ textturnh ɥ texthth ɦ texththeng ɧ
textbari ɨ textiotalatin ɩ textsci ɪ textltilde ɫ textrtaill ɭ textlyoghlig ɮ textturnm ɯ
textturnmrleg ɰ textltailm ɱ textnhookleft ɲ textrtailn ɳ textscn ɴ textbaro ɵ textscoelig ɶ
textcloseomega ɷ textturnr ɹ textturnlonglegr ɺ textturnrrtail ɻ textlonglegr ɼ textrtailr ɽ
textfishhookr ɾ textlhti ɿ textscr ʀ textinvscr ʁ textrtails ʂ texthtbardotlessj ʄ textraisevibyi
ʅ textctesh ʆ textturnt ʇ textrtailt ʈ texttretroflexhook ʈ textbaru ʉ textscriptv ʋ textvhook ʋ
textturnv ʌ textturnw ʍ textturny ʎ textscy ʏ textrtailz ʐ textctz ʑ textezh ʒ textctyogh ʓ
textrevglotstop ʕ textinvglotstop ʖ textstretchc ʗ textbullseye ʘ textscb ʙ textcloseepsilon ʚ
texthtscg ʛ textsch ʜ textctj ʝ textscl ʟ texthtq ʠ textbarglotstop ʡ textbarrevglotstop ʢ
textdzlig ʣ textdyoghlig ʤ textdctzlig ʥ texttslig ʦ textteshlig ʧ texttesh ʧ texttctclig ʨ
textcentereddot · textasciicedilla ¸ textlogicalnot ¬ leadsto ↝ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵
diamond ⋄ lll ⋘ ggg ⋙ Box □ spadesuit ♠ heartsuit ♡ diamondsuit ♢ clubsuit ♣
Thorn Þ
ohorn ơ OHORN Ơ uhorn ư UHORN Ư ayn ʿ hamza ʾ ain ʿ alif ʾ textain ʿ texthamza ʾ okina ʻ
textless < textgreater > textbar | textbardbl ‖ textbraceleft { textbraceright } lbrace { rbrace }
textbackslash \\ textasciicircum ^ textasciitilde ~ textquotesingle ' apostrophe ' textasciigrave
` textunderscore _ textdollar $ textpercent % textampersand &
texthash # textnumbersign # textasteriskcentered * textasteriskcenter * textat @ textequals =
textplus + textslash / slash / textsolidus / textcolon : textsemicolon ; textperiod . textcomma ,
textquotedbl " textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ lq ‘ rq ’
quotedblbase „ quotesinglbase ‚ glqq „ grqq “ glq ‚ grq ‘ flqq « frqq » flq ‹ frq › og « fg »
guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › guillemetleft « guillemetright »
ldblquote “ rdblquote ” mkbibopenquote “ mkbibclosequote ” ptmi ” textquotestraightbase ‚
textquotestraightdblbase „ textendash – textemdash — ndash – mdash — dash — endash – emdash —
Dash — bibrangedash – textminus − texthyphen - textfigdash ‒ textthreequartersemdash —
ldots … dots … textellipsis … dotsc … dotsb … bibellipsis … textbullet • textperiodcentered ·
textperthousand ‰ textpertenthousand ‱ textcopyright © copyright © textcircledP ℗ textregistered ®
registered ® texttrademark ™ trademark ™ textservicemark ℠ textsection § S § textparagraph ¶ P ¶
textpilcrow ¶ dag † textdagger † ddag ‡ textdaggerdbl ‡ textdied † textborn ⋆ textmarried ⚭
pounds £ textsterling £ textlira ₤ textyen ¥ textwon ₩ textcent ¢ textcentoldstyle ¢ euro € EUR €
texteuro € textflorin ƒ textcurrency ¤ textdong ₫ textnaira ₦ textpeso ₱ textbaht ฿
textcolonmonetary ₡
textdegree ° degree ° degrees ° deg ° textcelsius ℃ celsius ℃ textohm Ω textmho ℧ textmu µ micro µ
textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ²
textthreesuperior ³ textordfeminine ª textordmasculine º textnumero № textestimated ℮ textrecipe ℞
textreferencemark ※ textdiscount ⁒ textinterrobang ‽ textexclamdown ¡ textquestiondown ¿
adddot . addperiod . initdot . addcomma , addcolon : addsemicolon ; hyp - hyphen - And and
textbrokenbar ¦ textlnot ¬ textpm ± texttimes × textdiv ÷ textfractionsolidus ⁄ textsurd √
textmusicalnote ♪ textleftarrow ← textrightarrow → textuparrow ↑ textdownarrow ↓ textbigcircle ◯
textopenbullet ◦ textblank ␢ textvisiblespace ␣ textlangle ⟨ textrangle ⟩ textlbrackdbl ⟦
textrbrackdbl ⟧ textlquill ⁅ textrquill ⁆ textinfty ∞ textapproxequal ≈ textgeq ≥ textleq ≤
textasciiacute ´ textasciidieresis ¨ textasciimacron ¯ textasciibreve ˘ textasciicaron ˇ
lbrack [ rbrack ] lparen ( rparen ) vert | Vert ‖ bs \\ textasciicaret ^ sharp ♯
TeX TeX LaTeX LaTeX LaTeXe LaTeX2ε LaTeXTeX (La)TeX AllTeX (La)TeX BibTeX BibTeX BIBTeX BibTeX
ConTeXt ConTeXt ConTeXT ConTeXt XeTeX XeTeX XeLaTeX XeLaTeX LuaTeX LuaTeX LuaLaTeX LuaLaTeX
pdfTeX pdfTeX pdfLaTeX pdfLaTeX eTeX ε-TeX AmS AMS AMS AMS AmSTeX AMS-TeX AmSLaTeX AMS-LaTeX
PiCTeX PiCTeX PiC PiC SliTeX SliTeX LyX LyX MF METAFONT MP MetaPost METAFONT METAFONT
METAPOST METAPOST TikZ TikZ pgf PGF KOMAScript KOMA-Script VTeX VTeX Xy Xy BibLaTeX BibLaTeX
biblatex biblatex CTAN CTAN TUB TUGboat TUG TUG tug TUG tubissue TUGboat PS PostScript
XML XML HTML HTML PDF PDF DVI DVI SGML SGML CSS CSS DVD DVD UNIX UNIX VAX VAX MTeX MTeX
"""
_WORDS = _PAIRS.split()
SIGNS = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True)) | {
    "bysame": "———", "etal": "et al.", "etalchar": "", "today": "", "zwnj": "\u200c",
    "zwj": "\u200d", "TeXLive": "TeX Live", "eg": "e.g.", "ie": "i.e.", "cf": "cf.", "etc": "etc.",
    "viz": "viz.", "vs": "vs.", "wrt": "w.r.t.", "resp": "resp.", "aka": "a.k.a.",
}  # fmt: skip
"""Commands that stand for a letter, a sign or a name, by what they stand for."""

_LETTERS = {"aa", "AA", "ae", "AE", "oe", "OE"}

SPACES = frozenset(
    """
    space quad qquad enspace enskip thinspace medspace thickspace newline linebreak break par
    nobreakspace newblock item tabularnewline hfill hfil addspace addnbspace addthinspace cr
    bibinitdelim bibnamedelima bibnamedelimb bibnamedelimc bibnamedelimd bibnamedelimi tab ud
    """.split(),
)
"""Commands that stand for a space."""

ACCENTS = dict(
    zip(
        '"\'`^~=.uvHcdbkrGUth|',
        "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a"
        "\u030f\u030e\u0361\u0309\u030d",
        strict=True,
    ),
) | {
    "textcommabelow": "\u0326", "textcommaabove": "\u0313", "newtie": "\u0361", "texttie": "\u0361",
    "textdoublegrave": "\u030f", "textinvbreve": "\u0311", "textsubring": "\u0325",
    "textsubbreve": "\u032e", "textsubumlaut": "\u0324", "textsubtilde": "\u0330",
    "textsubarch": "\u032f", "textsubdot": "\u0323", "textsubbar": "\u0331",
    "textsyllabic": "\u0329",
    "textoverline": "\u0305", "textogonekcentered": "\u0328", "polhk": "\u0328", "ogonek": "\u0328",
    "cedilla": "\u0327", "textcedilla": "\u0327", "underdot": "\u0323", "textdotbelow": "\u0323",
    "textbreve": "\u0306", "textmacron": "\u0304", "textcaron": "\u030c", "textacute": "\u0301",
    "textgrave": "\u0300", "textdieresis": "\u0308", "textcircumflex": "\u0302",
    "texttilde": "\u0303", "ocirc": "\u030a", "lfhook": "\u0326",
    "capitalacute": "\u0301", "capitalbreve": "\u0306", "capitalcaron": "\u030c",
    "capitalcedilla": "\u0327", "capitalcircumflex": "\u0302", "capitaldieresis": "\u0308",
    "capitaldotaccent": "\u0307", "capitalgrave": "\u0300", "capitalhungarumlaut": "\u030b",
    "capitalmacron": "\u0304", "capitalnewtie": "\u0361", "capitalogonek": "\u0328",
    "capitalring": "\u030a", "capitaltie": "\u0361", "capitaltilde": "\u0303",
    "acute": "\u0301", "grave": "\u0300", "hat": "\u0302", "check": "\u030c", "breve": "\u0306",
    "ddot": "\u0308", "dot": "\u0307", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7",
    "mathring": "\u030a",
    "textvbaraccent": "\u030d", "textdoublevbaraccent": "\u030e", "textdotbreve": "\u0310",
    "textturncommaabove": "\u0312", "textrevcommaabove": "\u0314", "textcommaabover": "\u0315",
    "textsubgrave": "\u0316", "textsubacute": "\u0317", "textadvancing": "\u0318",
    "textretracting": "\u0319", "textlangleabove": "\u031a", "textrighthorn": "\u031b",
    "textsublhalfring": "\u031c", "textraising": "\u031d", "textlowering": "\u031e",
    "textsubplus": "\u031f", "textsubminus": "\u0320", "textpalhookbelow": "\u0321",
    "textsubbridge": "\u032a", "textsubw": "\u032b", "textsubwedge": "\u032c", "textsubcircnum":
    "\u032d", "textundertie": "\u032e", "subdoublebar": "\u0333", "textsuperimposetilde":
    "\u0334", "textlstrokethru": "\u0336", "textsstrikethru": "\u0337", "textlstrikethru":
    "\u0338", "textsubrhalfring": "\u0339", "textinvsubbridge": "\u033a", "textsubsquare":
    "\u033b", "textseagull": "\u033c", "textovercross": "\u033d", "overbridge": "\u0346",
    "subdoublevert": "\u0348", "subcorner": "\u0349", "crtilde":
    "\u034a", "textoverw": "\u034a", "dottedtilde": "\u034b", "doubletilde": "\u034c",
    "spreadlips": "\u034d", "whistle": "\u034e", "textrightarrowhead": "\u0350",
    "textlefthalfring": "\u0351", "sublptr": "\u0354", "subrptr": "\u0355",
    "textrightuparrowhead": "\u0356", "textrighthalfring": "\u0357", "textdoublebreve":
    "\u035d", "textdoublemacron": "\u035e", "textdoublemacronbelow": "\u035f",
    "textdoubletilde": "\u0360", "texttoptiebar": "\u0361", "sliding": "\u0362",
}  # fmt: skip
"""Accents, which stand before their letter, by the marks that combine with it."""

TIES = frozenset({"t", "newtie", "texttie", "capitaltie", "capitalnewtie"})
"""The accents that bind two letters, and stand after the first."""

ALONE = {"^": "^", "~": "~", '"': '"', "'": "'", "`": "`"}
"""What an accent without a letter stands for."""

LIGATURES = {"---": "—", "--": "–", "``": "“", "!`": "¡", "?`": "¿", "`": "‘"}
"""What signs stand for that are written as several, or otherwise."""


def sign_of(name: str) -> str | None:
    """Return what a command without arguments stands for; None where that is unknown."""
    known = SIGNS.get(name)
    if known is not None:
        return known
    signs = _signs_of_mathematics()
    return signs.get(name) or signs.get(name.removeprefix("text")) or _with_letters(name)


def _with_letters(name: str) -> str | None:
    r"""Return what a command stands for that letters are glued to: ``\textdegreeK``."""
    for end in range(len(name) - 1, 1, -1):
        sign = SIGNS.get(name[:end]) if name.startswith("text") or end == 2 else None  # noqa: PLR2004
        if sign and (end > 2 or name[:2] in _LETTERS):  # noqa: PLR2004  letters have two
            return sign + name[end:]
    return None


@cache
def _signs_of_mathematics() -> dict[str, str]:
    """Return Greek letters, arrows, relations and more, as pylatexenc knows them."""
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415  seldom needed

    known: Any = get_default_latex_context_db()
    signs: dict[str, str] = {}
    for category in ("latex-base", "advanced-symbols"):
        for macro in known.iter_macro_specs([category]):
            said = macro.simplify_repl
            if isinstance(said, str) and "%" not in said and said.strip():
                signs.setdefault(macro.macroname, said)
    return signs
