"""The net in PyTorch on one thread: conv2d, autograd and SGD, one pattern at a time. Started by pytorch.mjs.

Reads one line of JSON from standard input, then images, labels and parameters as bytes. Writes one line of JSON.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F


def main():
    torch.set_num_threads(1)
    order = json.loads(sys.stdin.buffer.readline())
    patterns = order["patterns"]
    images = read(torch.float32, (patterns, 1, 16, 16))
    labels = read(torch.uint8, (patterns,)).long()
    net = {parameter["name"]: read(torch.float32, parameter["shape"]) for parameter in order["parameters"]}
    net = {name: values.requires_grad_() for name, values in net.items()}
    targets = torch.full((patterns, 1, 10), float(order["targets"]["others"]))
    targets[torch.arange(patterns), 0, labels] = float(order["targets"]["label"])
    optimizer = torch.optim.SGD(net.values(), lr=order["learningRate"])

    def learn(pattern):
        optimizer.zero_grad()
        cost = torch.mean((outputs(net, images[pattern : pattern + 1]) - targets[pattern]) ** 2)
        cost.backward()
        optimizer.step()
        return cost

    def classify(first, count):
        with torch.inference_mode():
            return outputs(net, images[first : first + count]).argmax(dim=1)

    if order["mode"] == "check":
        checked = order["checkedPatterns"]
        report = {"version": torch.__version__.split("+")[0], "labels": classify(0, checked).tolist()}
        report["costs"] = [learn(pattern).item() for pattern in range(checked)]
    else:
        seconds, batch = order["seconds"], order["batch"]
        time_boxed(seconds["warmUp"], learn, patterns, 1)
        report = {"train": time_boxed(seconds["train"], learn, patterns, 1)}
        time_boxed(seconds["warmUp"], lambda first: classify(first, batch), patterns, batch)
        report["classify"] = time_boxed(seconds["classify"], lambda first: classify(first, batch), patterns, batch)
    print(json.dumps(report))


def read(dtype, shape):
    """The next tensor of standard input."""
    count = int(torch.Size(shape).numel())
    data = bytearray(sys.stdin.buffer.read(count * dtype.itemsize))
    return torch.frombuffer(data, dtype=dtype).reshape(shape)


def outputs(net, images):
    """[n, 1, 16, 16] in, [n, 10] out."""
    h1 = pad(torch.tanh(F.conv2d(pad(images), net["H1w"], stride=2) + net["H1b"]))
    seen = h1[:, 0:8], h1[:, 4:12], torch.cat((h1[:, 0:4], h1[:, 8:12]), dim=1)
    sums = [F.conv2d(planes, net["H2w"][4 * group : 4 * group + 4], stride=2) for group, planes in enumerate(seen)]
    h2 = torch.tanh(torch.cat(sums, dim=1) + net["H2b"])
    h3 = torch.tanh(F.linear(h2.flatten(start_dim=1), net["H3w"], net["H3b"]))
    return torch.tanh(F.linear(h3, net["outw"], net["outb"]))


def pad(planes):
    """Two rows and columns of background on each side."""
    return F.pad(planes, (2, 2, 2, 2), value=-1.0)


def time_boxed(seconds, work, patterns, step):
    """As `timeBoxed` in timing.mjs."""
    start = time.perf_counter()
    elapsed, done, first = 0.0, 0, 0
    while elapsed < seconds:
        work(first)
        done += step
        first = first + step if first + 2 * step <= patterns else 0
        elapsed = time.perf_counter() - start
    return {"patterns": done, "seconds": elapsed}


if __name__ == "__main__":
    main()
