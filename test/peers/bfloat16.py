"""The same model in bfloat16: FROM TO."""

import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

source, destination = sys.argv[1:]
AutoTokenizer.from_pretrained(source).save_pretrained(destination)
AutoModelForCausalLM.from_pretrained(source, dtype=torch.bfloat16).save_pretrained(destination)
