"""Names of journals cut short by ISO 4, with the words of its list that most of them are made of.

Source: ISO 4 and the List of Title Word Abbreviations of the ISSN International Centre. A name with
a word that is not here is left in full: nobody can tell whether the list has it.
"""

import re

_SMALL = {
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with",
    "de", "del", "des", "du", "et", "la", "le", "les", "los", "der", "die", "für", "und", "von",
    "&",
}  # fmt: skip
_STEMS = """
abstracts Abstr. academy Acad. access Access acoustical Acoust. acoustics Acoust. acta Acta advanced
Adv. advances Adv. aerospace Aerosp. affective Affect. african Afr. agricultural Agric. agriculture
Agric. algebra Algebra algorithms Algorithms american Am. analysis Anal. analytical Anal. annals
Ann. annual Annu. antennas Antennas anthropology Anthropol. applications Appl. applied Appl.
archaeology Archaeol. archives Arch. areas Areas artificial Artif. asian Asian association Assoc.
astronomical Astron. astronomy Astron. astrophysical Astrophys. astrophysics Astrophys. atmospheric
Atmos. australian Aust. automated Autom. automatic Autom. automation Autom. autonomous Auton.
behavior Behav. biochemistry Biochem. bioinformatics Bioinformatics biological Biol. biology Biol.
biomedical Biomed. biophysical Biophys. biophysics Biophys. biostatistics Biostat. biotechnology
Biotechnol. brain Brain brazilian Braz. british Br. bulletin Bull. business Bus. canadian Can.
cancer Cancer cardiology Cardiol. cell Cell chemical Chem. chemistry Chem. chinese Chin. circuits
Circuits civil Civ. climate Clim. clinical Clin. cloud Cloud cognitive Cogn. combinatorial Comb.
combinatorics Comb. communications Commun. complex Complex complexity Complex. computation Comput.
computational Comput. computer Comput. computers Comput. computing Comput. conference Conf. control
Control cultural Cult. culture Cult. cybernetics Cybern. data Data decision Decis. design Des.
development Dev. devices Devices differential Differ. digital Digit. discovery Discov. discrete
Discrete diseases Dis. distributed Distrib. drug Drug dynamics Dyn. earth Earth ecological Ecol.
ecology Ecol. econometrics Econom. economic Econ. economics Econ. education Educ. electrical Electr.
electronic Electron. electronics Electron. emerging Emerg. energy Energy engineering Eng.
environmental Environ. epidemiology Epidemiol. equations Equ. european Eur. evolution Evol.
evolutionary Evol. experimental Exp. finance Finance fluid Fluid fluids Fluids food Food forest For.
foundations Found. french Fr. frontiers Front. functional Funct. fuzzy Fuzzy general Gen. genetics
Genet. geographical Geogr. geography Geogr. geological Geol. geology Geol. geometry Geom.
geophysical Geophys. geophysics Geophys. german Ger. global Glob. graph Graph graphics Graph. health
Health historical Hist. history Hist. human Hum. hydraulic Hydraul. hydrology Hydrol. image Image
imaging Imaging immunology Immunol. industrial Ind. infectious Infect. informatics Inform.
information Inf. instrumentation Instrum. instruments Instrum. intelligence Intell. intelligent
Intell. interdisciplinary Interdiscip. international Int. italian Ital. japanese Jpn. journal J.
knowledge Knowl. language Lang. law Law learning Learn. lecture Lect. letters Lett. life Life linear
Linear linguistics Linguist. literature Lit. logic Log. machine Mach. magazine Mag. magnetics Magn.
management Manag. manufacturing Manuf. marine Mar. materials Mater. mathematical Math. mathematics
Math. measurement Meas. mechanical Mech. mechanics Mech. medical Med. medicine Med. metallurgical
Metall. meteorological Meteorol. methods Methods microbiology Microbiol. microscopy Microsc.
microwave Microw. mining Min. mobile Mob. modeling Model. modelling Model. modern Mod. molecular
Mol. monthly Mon. multimedia Multimed. national Natl. natural Nat. nature Nat. networks Netw. neural
Neural neurology Neurol. neuroscience Neurosci. new New nonlinear Nonlinear notes Notes notices Not.
nuclear Nucl. numerical Numer. nutrition Nutr. ocean Ocean oceanography Oceanogr. oncology Oncol.
open Open operations Oper. optical Opt. optics Opt. optimization Optim. organic Org. pacific Pac.
parallel Parallel particle Part. pathology Pathol. pattern Pattern perspectives Perspect.
pharmaceutical Pharm. pharmacology Pharmacol. philosophical Philos. philosophy Philos. photonics
Photonics physical Phys. physics Phys. physiology Physiol. planetary Planet. plant Plant plasma
Plasma policy Policy political Polit. polymer Polym. power Power probability Probab. proceedings
Proc. processing Process. production Prod. programming Program. propagation Propag. psychiatry
Psychiatry psychological Psychol. psychology Psychol. public Public pure Pure quality Qual.
quantitative Quant. quantum Quantum quarterly Q. radiology Radiol. reasoning Reason. recognition
Recognit. regional Reg. reliability Reliab. remote Remote report Rep. reports Rep. research Res.
review Rev. reviews Rev. risk Risk robotics Robot. royal R. russian Russ. safety Saf. scandinavian
Scand. science Sci. sciences Sci. scientific Sci. security Secur. selected Sel. semiconductor
Semicond. sensing Sens. series Ser. services Serv. signal Signal simulation Simul. social Soc.
society Soc. sociological Sociol. sociology Sociol. software Softw. soil Soil solar Sol. space Space
spatial Spat. spectroscopy Spectrosc. speech Speech statistical Stat. statistics Stat. stochastic
Stoch. structural Struct. studies Stud. surface Surf. surgery Surg. surveys Surv. sustainable
Sustain. symbolic Symb. symposium Symp. systems Syst. technical Tech. technology Technol.
theoretical Theor. theory Theory therapy Ther. thermal Therm. topics Top. toxicology Toxicol.
transactions Trans. transport Transp. transportation Transp. tropical Trop. urban Urban vehicle Veh.
vehicles Veh. vehicular Veh. veterinary Vet. virology Virol. vision Vis. visualization Vis. water
Water wireless Wirel. world World zoology Zool.
"""
_WORDS = _STEMS.split()
_SHORT = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_KEPT = re.compile(r"[A-Z]{2,}|[A-Z]")
_PARTED = re.compile(r"[:;/()]")
"""What parts a name from another one, such as that of a series, for which ISO 4 has more rules."""


def abbreviated(name: str) -> str:
    """Return a journal's name cut short, or as it is where a word of it is not known."""
    words = [word for word in re.split(r"[\s,]+|\\&", name.replace("-", " ")) if word]
    told = [
        word
        for number, word in enumerate(words)
        if word.lower() not in _SMALL or (number and word == "A")
    ]
    if _PARTED.search(name) or len(told) < 2 or any(word.endswith(".") for word in told):  # noqa: PLR2004  single words stay
        return name
    short = [_SHORT.get(word.lower(), word if _KEPT.fullmatch(word) else "") for word in told]
    return " ".join(short) if all(short) else name
