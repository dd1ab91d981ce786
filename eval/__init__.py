"""Scripted evaluation: dialogues, metrics, baselines, reports."""
