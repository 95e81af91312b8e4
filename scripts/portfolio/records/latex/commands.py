"""What the commands of bibliographies do with the text that they are given."""

TAG_OF = {
    "emph": "em", "textit": "em", "textsl": "em", "mkbibemph": "em", "mkbibitalic": "em",
    "textbf": "strong", "mkbibbold": "strong", "textsuperscript": "sup", "mkbibsuperscript": "sup",
    "textsubscript": "sub", "mkbibsubscript": "sub", "sp": "sup", "sb": "sub", "texttt": "code",
    "cs": "code", "strong": "strong",
    "textsuper": "sup", "textsub": "sub", "fup": "sup", "ped": "sub", "up": "sup",
}  # fmt: skip
"""The elements that commands with an argument make; an empty name makes none."""

SWITCHES = {
    "it": "em", "itshape": "em", "em": "em", "sl": "em", "slshape": "em", "bf": "strong",
    "bfseries": "strong", "tt": "code", "ttfamily": "code",
}  # fmt: skip
"""The elements that switches make of the rest of their group."""

_QUOTED, _IN_PARENTHESES, _ASIDE, _CITED = ("“", "”"), ("(", ")"), (" (", ")"), ("[", "]")
AROUND = (
    dict.fromkeys("enquote mkbibquote textquote blockquote dquote".split(), _QUOTED)
    | dict.fromkeys("mkbibparens parentext parens".split(), _IN_PARENTHESES)
    | dict.fromkeys("footnote footnotetext thanks marginpar".split(), _ASIDE)
    | dict.fromkeys(
        "mkbibbrackets brackettext cite citet citep citealt citealp parencite textcite autocite"
        " footcite fullcite citeauthor citeyear citetitle nocite ref eqref autoref".split(),
        _CITED,
    )
    | {"squote": ("‘", "’"), "guillemets": ("«", "»"), "germanquote": ("„", "“")}
)
"""What commands put around their argument."""

_SIGNATURES = """
noopsort x SortNoop x sortnoop x noop x nosort x sortkey x SortKey x NOOP x label x index x
glossary x hspace x vspace x hphantom x vphantom x phantom x color ox hyphenation x setlength xx
fontsize xx fontfamily x fontseries x fontshape x usefont xxxx fontencoding x selectlanguage x
BibitemShut x pagestyle x thispagestyle x bibliographystyle x rule oxx includegraphics ox end x
providecommand xox newcommand xox renewcommand xox input x bibAnnoteFile xx bibAnnote xx
printfirst mx switchargs mm arabic x textcolor oxm colorbox oxm fcolorbox oxxm href xm hyperlink
xm hyperref om hypertarget xm foreignlanguage oxm textlang xm Eprint xm eprint m bibinfo xm
bibfield xm foreignquote xm raisebox xoom parbox ooxm makebox oom framebox oom resizebox xxm
scalebox xom rotatebox oxm multicolumn xxm discretionary xxm texorpdfstring mx acro m
foreigntextquote xm hyphenquote xm footnotemark o linebreak o pagebreak o nopagebreak o
nolinebreak o adjustbox xm textls om frac mm nicefrac omm sfrac omm tfrac mm dfrac mm translation
m
"""
_WORDS = _SIGNATURES.split()
ARGUMENTS = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""The arguments of commands: ``m`` is text, ``x`` is none, ``o`` is optional and none either."""

FRACTIONS = frozenset({"frac", "nicefrac", "sfrac", "tfrac", "dfrac"})
"""The commands that put a stroke between their arguments."""

ENVIRONMENTS = {"CJK": "xx", "CJK*": "xx", "otherlanguage": "x", "otherlanguage*": "x",
                "minipage": "ox", "tabular": "ox", "hyphenrules": "x"}  # fmt: skip
"""The arguments that stand behind the beginning of an environment."""

HYPHENS = {"soft": "", "empty": "", "nobreak": "\N{NON-BREAKING HYPHEN}"}
"""What babel's kinds of hyphens are, where not a hyphen."""

ENDINGS = {
    "ier": "er", "iere": "re", "iers": "ers", "ieres": "res", "ieme": "e", "iemes": "es",
}  # fmt: skip
"""The endings of French numbers, which stand raised."""

QUANTITIES = {
    "SI": "nu", "qty": "nu", "num": "n", "si": "u", "unit": "u", "ang": "n", "SIrange": "nnu",
    "qtyrange": "nnu", "numrange": "nn",
}  # fmt: skip
"""The arguments of siunitx's commands: numbers and units."""

RULED = (
    dict.fromkeys(QUANTITIES, "quantity")
    | dict.fromkeys("ce chem ch".split(), "chemistry")
    | dict.fromkeys("char symbol unichar unicode textunicode".split(), "code")
    | dict.fromkeys("verb Verb lstinline".split(), "between")
    | dict.fromkeys("url nolinkurl path doi DOI detokenize directory".split(), "address")
    | dict.fromkeys(ENDINGS, "ending")
    | {"string": "literal", "begin": "environment", "babelhyphen": "hyphen"}
)
"""The commands that have a grammar of their own, and which."""

KEPT = frozenset(
    """
    textsc textrm textsf textup textmd textnormal textlf textln textulc textsw textssc text mbox
    hbox vbox fbox vtop textipa underline uline uuline uwave ul hl sout st so caps smallcaps
    lsstyle textcase nocase NoCaseChange autocap MakeSentenceCase MakeCapital capitalisewords
    MakeTitleCase bibstring mkbibacro mkbibnamefamily mkbibnamegiven mkbibnameprefix
    mkbibnamesuffix initcap bibnamefont bibfnamefont citenamefont citename natexlab translation
    bibsc acro acs ac acl acf gls Gls GLS acrshort acrlong rlap llap clap smash centerline
    leftline rightline mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak mathscr
    mathnormal boldsymbol bm pmb operatorname pkg proglang proj software file filename command
    option prog program package acrosl IeC textcircled singleletter allcaps emphasis tnote
    centering textgreek textcyr textcyrillic textlatin textsw textarabic textpersian texthebrew
    textchinese textjapanese textkorean textgerman textfrench textrussian textenglish textlr
    textrl RL LR foreign latin species gene taxon term textin adjustbox bibhyperref overline
    underbar mathop mathord mathrel
    """.split(),
)
"""The commands that change at most the type in which their argument is set."""

SILENT = frozenset(
    """
    - / ! @ + ( ) relax protect unskip ignorespaces null leavevmode strut xspace bgroup egroup
    begingroup endgroup noindent indent allowbreak nobreak nolinebreak pagebreak clearpage newpage
    negthinspace negmedspace negthickspace sloppy fussy raggedright centering hss vss smallskip
    medskip bigskip rm rmfamily sf sffamily sc scshape upshape mdseries normalfont selectfont tiny
    scriptsize footnotesize small normalsize large Large LARGE huge Huge boldmath unboldmath
    displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits cal frenchspacing
    nonfrenchspacing BibitemOpen urlprefix BIBentryALTinterwordspacing BIBentrySTDinterwordspacing
    bibopen bibclose bibnamedash isdot nopunct unspace nohyphens textcompwordmark expandafter
    noexpand fi else ignorespace endcsname csname makeatletter makeatother obeyspaces breakhere
    shorthandoff eightrm eightpoint ninerm tenrm slnine smc SC scriptfont
    """.split(),
)
"""The commands that leave no trace in plain text."""

CASES = {
    "uppercase": str.upper, "MakeUppercase": str.upper, "MakeTextUppercase": str.upper,
    "lowercase": str.lower, "MakeLowercase": str.lower, "MakeTextLowercase": str.lower,
}  # fmt: skip
"""The commands that change the case of their argument."""

MEASURED = frozenset({"hskip", "vskip", "kern", "mkern", "mskip", "raise", "lower", "moveleft",
                      "moveright", "penalty", "hangindent", "looseness"})  # fmt: skip
"""The commands that a length or a number follows, which is no text."""
