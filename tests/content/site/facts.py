"""What the site must say, typed from the papers and the record, not read from the project."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A paper of the listing; its authors as they sign, separated by commas."""

    slug: str
    key: str
    title: str
    signed: str
    venue: str
    arxiv: str
    code: str

    @property
    def authors(self) -> list[str]:
        """The authors in order."""
        return self.signed.split(", ")


PAPERS = (
    Paper(
        "sample_info",
        "harutyunyan2021estimating",
        "Estimating informativeness of samples with Smooth Unique Information",
        "Hrayr Harutyunyan, Alessandro Achille, Giovanni Paolini, Orchid Majumder, "
        "Avinash Ravichandran, Rahul Bhotika, Stefano Soatto",
        "ICLR 2021",
        "2101.06640",
        "https://github.com/awslabs/aws-cv-unique-information",
    ),
    Paper(
        "limit",
        "harutyunyan2020improving",
        "Improving generalization by controlling label-noise information in neural network weights",
        "Hrayr Harutyunyan, Kyle Reing, Greg Ver Steeg, Aram Galstyan",
        "ICML 2020",
        "2002.07933",
        "https://github.com/hrayrhar/limit-label-memorization",
    ),
    Paper(
        "linear_corex",
        "versteeg2019fast",
        "Fast structure learning with modular regularization",
        "Greg Ver Steeg, Hrayr Harutyunyan, Daniel Moyer, Aram Galstyan",
        "NeurIPS 2019",
        "1706.03353",
        "https://github.com/gregversteeg/LinearCorex",
    ),
    Paper(
        "tcorex",
        "harutyunyan2019efficient",
        "Efficient Covariance Estimation from Temporal Data",
        "Hrayr Harutyunyan, Daniel Moyer, Hrant Khachatrian, Greg Ver Steeg, Aram Galstyan",
        "arXiv preprint 2019",
        "1905.13276",
        "https://github.com/hrayrhar/T-CorEx",
    ),
    Paper(
        "mixhop",
        "abuelhaija2019mixhop",
        "MixHop: Higher-Order Graph Convolutional Architectures via Sparsified Neighborhood Mixing",
        "Sami Abu-El-Haija, Bryan Perozzi, Amol Kapoor, Nazanin Alipourfard, Kristina Lerman, "
        "Hrayr Harutyunyan, Greg Ver Steeg, Aram Galstyan",
        "ICML 2019",
        "1905.00067",
        "https://github.com/samihaija/mixhop",
    ),
    Paper(
        "mimic3",
        "harutyunyan2019multitask",
        "Multitask learning and benchmarking with clinical time series data",
        "Hrayr Harutyunyan, Hrant Khachatrian, David C. Kale, Greg Ver Steeg, Aram Galstyan",
        "Scientific Data 2019",
        "1703.07771",
        "https://github.com/YerevaNN/mimic3-benchmarks",
    ),
    Paper(
        "minsyn",
        "versteeg2017disentangled",
        "Disentangled representations via synergy minimization",
        "Greg Ver Steeg, Rob Brekelmans, Hrayr Harutyunyan, Aram Galstyan",
        "Allerton 2017",
        "1710.03839",
        "",
    ),
)

NEWS = (
    ("2021-01-12", "ICLR 2021"),
    ("2020-10-20", "top 10%"),
    ("2020-06-03", "ICML 2020"),
    ("2020-05-18", "AWS Custom Labels"),
    ("2020-01-03", "CSCI 270"),
    ("2019-10-01", "Reducing overfitting by minimizing label information in weights"),
    ("2019-09-03", "spotlight"),
    ("2019-08-15", "CSCI 670"),
)
