"""Names of journals cut short by ISO 4, with the words of its list that most of them are made of.

Source: ISO 4 and the List of Title Word Abbreviations of the ISSN International Centre. A name with
a word that is not here is left in full: nobody can tell whether the list has it.
"""

import re

_SMALL = {
    "a",
    "an",
    "and",
    "for",
    "in",
    "of",
    "on",
    "the",
    "to",
    "et",
    "de",
    "la",
    "und",
    "der",
    "&",
}
_STEMS = """
abstracts Abstr. academy Acad. advances Adv. advanced Adv. aerospace Aerosp. algebra Algebra
algorithms Algorithms american Am. analysis Anal. analytical Anal. annals Ann. annual Annu.
applications Appl. applied Appl. archives Arch. artificial Artif. association Assoc.
astronomical Astron. astronomy Astron. astrophysical Astrophys. astrophysics Astrophys.
atmospheric Atmos. autonomous Auton. behavior Behav. biochemistry Biochem. bioinformatics
Bioinformatics biological Biol. biology Biol. biomedical Biomed. biostatistics Biostat. brain Brain
british Br. bulletin Bull. canadian Can. cell Cell chemical Chem. chemistry Chem. chinese Chin.
climate Clim. clinical Clin. cognitive Cogn. communications Commun. complex Complex complexity
Complex. computation Comput. computational Comput. computer Comput. computers Comput. computing
Comput. conference Conf. control Control cybernetics Cybern. data Data decision Decis. design Des.
digital Digit. discovery Discov. discrete Discrete dynamics Dyn. earth Earth ecology Ecol.
econometrics Econom. economic Econ. economics Econ. education Educ. electrical Electr. electronic
Electron. electronics Electron. energy Energy engineering Eng. environmental Environ. european Eur.
experimental Exp. finance Finance fluid Fluid fluids Fluids foundations Found. frontiers Front.
fuzzy Fuzzy genetics Genet. geophysical Geophys. geophysics Geophys. geometry Geom. health Health
human Hum. hydrology Hydrol. image Image imaging Imaging industrial Ind. informatics Inform.
information Inf. intelligence Intell. intelligent Intell. interdisciplinary Interdiscip.
international Int. japanese Jpn. journal J. knowledge Knowl. language Lang. learning Learn.
lecture Lect. letters Lett. linear Linear linguistics Linguist. logic Log. machine Mach. magazine
Mag. management Manag. marine Mar. materials Mater. mathematical Math. mathematics Math. mechanics
Mech. medical Med. medicine Med. meteorological Meteorol. methods Methods mining Min. modeling
Model. modelling Model. molecular Mol. monthly Mon. multimedia Multimed. national Natl. natural Nat.
nature Nat. networks Netw. neural Neural neuroscience Neurosci. notes Notes notices Not. nuclear
Nucl. numerical Numer. ocean Ocean oceanography Oceanogr. operations Oper. optical Opt. optics Opt.
optimization Optim. organic Org. parallel Parallel pattern Pattern perspectives Perspect.
philosophical Philos. philosophy Philos. physical Phys. physics Phys. planetary Planet. policy
Policy political Polit. probability Probab. proceedings Proc. processing Process. programming
Program. psychological Psychol. psychology Psychol. public Public quantitative Quant. quantum
Quantum quarterly Q. recognition Recognit. remote Remote report Rep. reports Rep. research Res.
review Rev. reviews Rev. robotics Robot. royal R. science Sci. sciences Sci. scientific Sci.
security Secur. sensing Sens. series Ser. signal Signal simulation Simul. social Soc. society Soc.
software Softw. solar Sol. space Space speech Speech statistical Stat. statistics Stat. stochastic
Stoch. structural Struct. studies Stud. surveys Surv. symposium Symp. systems Syst. technical Tech.
technology Technol. theoretical Theor. theory Theory topics Top. transactions Trans. vision Vis.
visualization Vis. water Water world World wireless Wirel.
"""
_WORDS = _STEMS.split()
_SHORT = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_KEPT = re.compile(r"[A-Z]{2,}|[A-Z]")


def abbreviated(name: str) -> str:
    """Return a journal's name cut short, or as it is where a word of it is not known."""
    words = [word for word in re.split(r"[\s:,]+|\\&", name.replace("-", " ")) if word]
    told = [word for word in words if word.lower() not in _SMALL]
    if len(told) < 2 or any(word.endswith(".") for word in told):  # noqa: PLR2004  single words stay
        return name
    short = [_SHORT.get(word.lower(), word if _KEPT.fullmatch(word) else "") for word in told]
    return " ".join(short) if all(short) else name
