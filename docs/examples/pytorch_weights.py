"""Weights between lenet1-wasm and the two reproductions in PyTorch.

    pip install torch numpy safetensors
    python pytorch_weights.py to-pytorch CLONE ours.safetensors theirs.pt
    python pytorch_weights.py from-pytorch theirs.pt ours.safetensors [--recipe modern2022]

CLONE is a clone of raphaelsenn/lenet-1 or karpathy/lecun1989-repro. `to-pytorch` loads our weights into its own class
and saves that net's state dict. `from-pytorch` writes a state dict as safetensors, which `LeNet1.load`, `loadNet` and
the command's --weights read: they know both reproductions' names and layouts, halves and doubles, and prefixes such as
`module.`; the recipe needs to be named for nets that neither reproduction's train script made.
"""

import argparse
import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

# Where a clone has its net, the class, and how that names and lays out our tensors.
REPRODUCTIONS = {
    "lenet1/lenet1.py": ("LeNet1", {"outw": "fcw", "outb": "fcb"}, ()),  # raphaelsenn/lenet-1
    "repro.py": ("Net", {}, ("H3w", "outw")),  # karpathy/lecun1989-repro: [in, out] matrices
}


def to_pytorch(clone, weights):
    """The reproduction's own net with our weights, a safetensors file's."""
    path, (class_name, names, transposed) = reproduction_in(Path(clone))
    spec = importlib.util.spec_from_file_location("reproduction", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    net = getattr(module, class_name)()
    tensors = load_file(weights)
    theirs = {names.get(name, name): tensor.T if name in transposed else tensor for name, tensor in tensors.items()}
    net.load_state_dict(theirs)  # strict: every tensor, in its shape
    return net.eval()


def from_pytorch(state, weights, recipe=None):
    """Writes a state dict, or a checkpoint that holds one, as a safetensors file."""
    for key in ("state_dict", "model_state_dict", "model"):
        state = state.get(key, state)
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in state.items()}
    save_file(tensors, weights, metadata=None if recipe is None else {"recipe": recipe})


def reproduction_in(clone):
    for path, reproduction in REPRODUCTIONS.items():
        if (clone / path).is_file():
            return clone / path, reproduction
    raise SystemExit(f"{clone}: expected {' or '.join(REPRODUCTIONS)} in it; got neither")


def main():
    parser = argparse.ArgumentParser(description="Weights between lenet1-wasm and the two reproductions in PyTorch.")
    commands = parser.add_subparsers(dest="command", required=True)
    there = commands.add_parser("to-pytorch", help="our weights, through a reproduction's own class, as a .pt file")
    there.add_argument("clone", help="the folder of the reproduction")
    there.add_argument("weights", help="our safetensors file")
    there.add_argument("pt", help="the .pt file to write")
    back = commands.add_parser("from-pytorch", help="a .pt file as safetensors")
    back.add_argument("pt", help="a .pt file: a state dict, or a checkpoint that holds one")
    back.add_argument("weights", help="the safetensors file to write")
    back.add_argument("--recipe", help="the recipe that the net was trained with, such as modern2022")
    given = parser.parse_args()
    if given.command == "to-pytorch":
        torch.save(to_pytorch(given.clone, given.weights).state_dict(), given.pt)
    else:
        # Tensors only: a .pt file may hold code, which is not run.
        from_pytorch(torch.load(given.pt, map_location="cpu", weights_only=True), given.weights, given.recipe)


if __name__ == "__main__":
    main()
