"""Keeping a bibliography tidy, rule by rule, as a difference that its owner sees first."""
