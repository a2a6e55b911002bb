"""Learned judgement: category, likeness, the customer read, the guard's weights. No Django, no
database, no files but those it is handed or ships; numpy here (the guard needs none), scikit-learn
only in `training.py`, which the worker imports.
"""
