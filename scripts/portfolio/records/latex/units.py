"""Quantities and chemical formulas, as siunitx and mhchem have them written."""

import re

_PREFIXES = dict(
    zip(
        "yocto zepto atto femto pico nano micro milli centi deci deca deka hecto kilo mega giga"
        " tera peta exa zetta yotta".split(),
        "y z a f p n µ m c d da da h k M G T P E Z Y".split(),
        strict=True,
    ),
)
_UNITS = dict(
    pair.split("=")
    for pair in """
    ampere=A candela=cd kelvin=K gram=g kilogram=kg meter=m metre=m mole=mol second=s becquerel=Bq
    celsius=°C degreeCelsius=°C coulomb=C farad=F gray=Gy hertz=Hz henry=H joule=J katal=kat
    lumen=lm lux=lx newton=N ohm=Ω pascal=Pa radian=rad siemens=S sievert=Sv steradian=sr tesla=T
    volt=V watt=W weber=Wb day=d hectare=ha hour=h liter=L litre=L minute=min tonne=t dalton=Da
    electronvolt=eV electronVolt=eV angstrom=Å bar=bar barn=b bel=B decibel=dB percent=% degree=°
    arcminute=′ arcsecond=″ bit=bit byte=B astronomicalunit=au parsec=pc per=/ squared=² cubed=³
    square=² cubic=³ micron=µm kg=kg g=g mg=mg m=m km=km cm=cm mm=mm nm=nm um=µm s=s ms=ms ns=ns
    Hz=Hz kHz=kHz MHz=MHz GHz=GHz eV=eV keV=keV MeV=MeV GeV=GeV TeV=TeV K=K V=V W=W kW=kW J=J
    """.split()
)
_WORD = re.compile(r"\\([A-Za-z]+)\s*|[.~](?!\d)")
_TENS = re.compile(r"(?<=\d)\s*[eE]\s*([-+]?\d+)")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_INDEX = re.compile(r"(?<=[A-Za-z)\]])(\d+)")
_CHARGE = re.compile(r"\^(?:\{([^{}]*)\}|(\d*[-+]))|(?<=[A-Za-z\d)\]])([-+])(?=\s|$)")
_MASS = re.compile(r"\^\{?(\d+)\}?(?:_\{?(\d+)\}?)?(?=[A-Z])")
_ARROWS = (("<=>", "⇌"), ("<->", "↔"), ("->", "→"), ("<-", "←"))


def unit(latex: str) -> str:
    r"""Return a unit of siunitx (``\kilo\gram\per\metre``) or one that is spelled, as text."""
    after: list[str] = []

    def name(found: re.Match[str]) -> str:
        word = found[1] or "·"
        if word in {"square", "cubic"}:
            after.append(_UNITS[word])
            return ""
        said = _PREFIXES.get(word) or _UNITS.get(word, word)
        if word not in _PREFIXES and word != "per" and after:
            said += after.pop()
        parted = found.start() and word not in {"per", "squared", "cubed"}
        return f"\0{said}" if parted and word in _UNITS else said

    text = _WORD.sub(name, latex.replace("{", "").replace("}", "").strip())
    text = re.sub(rf"({'|'.join(_PREFIXES.values())})\0", r"\1", text)
    return text.replace("/\0", "/").replace("\0", " ").strip()


def number(latex: str) -> str:
    """Return a number of siunitx as text: powers of ten written out."""
    plain = latex.replace("{", "").replace("}", "").replace(r"\pm", "±").strip()
    return _TENS.sub(lambda found: f" × 10{found[1].translate(_RAISED)}", plain)


def chemistry(formula: str, raised: str, lowered: str) -> str:
    """Return a formula of mhchem; ``raised`` and ``lowered`` are templates with one ``%s``."""
    for written, arrow in _ARROWS:
        formula = formula.replace(written, arrow)
    text = _MASS.sub(lambda found: raised % found[1], formula)
    text = _CHARGE.sub(lambda found: raised % (found[1] or found[2] or found[3]), text)
    return _INDEX.sub(lambda found: lowered % found[1], text).replace("_", "")
