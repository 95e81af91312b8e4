"""Write a page before the render, as a project's pre-render script may."""

from pathlib import Path

PAGE = """---
title: Made before the render
---

This page was written by a script.

<!-- outline
title: Made before the render - Tiny Site
nav: [Home](index.html) [Study](study/study.html)
h1: Made before the render
p: This page was written by a script.
-->
"""
Path("made.qmd").write_text(PAGE, encoding="utf-8")
