"""The words of plans: one form for bokmål and nynorsk, the parts of compounds, look-alikes, and patterns of words."""

from __future__ import annotations

from fotfeste.plans.words.compounds import parts as parts
from fotfeste.plans.words.forms import normal as normal
from fotfeste.plans.words.grammar import PatternError as PatternError
from fotfeste.plans.words.look_alikes import LookAlike as LookAlike
from fotfeste.plans.words.look_alikes import look_alikes as look_alikes
from fotfeste.plans.words.patterns import Match as Match
from fotfeste.plans.words.patterns import Pattern as Pattern
from fotfeste.plans.words.patterns import ReadText as ReadText
from fotfeste.plans.words.patterns import read_words as read_words
from fotfeste.plans.words.tokens import Token as Token
from fotfeste.plans.words.tokens import tokens as tokens
