"""The numeric tool layer: numbers, units, table cells, sums that must hold, arithmetic.

Pure: text and records in, records out. No report files and no models; its vocabularies are the
readable files in `figures/data`.
"""
