"""Submissions as files: .yaml, .yml and .json to a Submission with every fault named, and back to YAML."""

from xl_selfeval.submission_file.loading import SAMPLES, SubmissionError, dump_submission, load_submission

__all__ = ["SAMPLES", "SubmissionError", "dump_submission", "load_submission"]
