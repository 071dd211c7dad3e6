"""State dicts as PyTorch saves them, and pickles that try to do more than describe one.

The attacks are written to files and never loaded.
"""
import collections
import io
import json
import pathlib
import pickle
import struct
import zipfile

import torch
from safetensors.torch import save_file

CANARY = "sichter-canary"


def state():
    """Each dtype, a scalar, an empty tensor, views of one storage, a transposed and a channels_last tensor."""
    base = torch.arange(12, dtype=torch.float32)
    return collections.OrderedDict(
        plain=torch.tensor([[1.5, -2.0], [3.25, 4.0]]),
        double=torch.tensor([1e300, -0.1], dtype=torch.float64),
        half=torch.tensor([0.5, 65504.0], dtype=torch.float16),
        bfloat=torch.tensor([1.0, -3.0e38], dtype=torch.bfloat16),
        long=torch.tensor([2**40, -1]),
        int=torch.tensor([7], dtype=torch.int32),
        byte=torch.tensor([255, 0], dtype=torch.uint8),
        flag=torch.tensor([True, False]),
        scalar=torch.tensor(5.0),
        empty=torch.zeros(0, 3),
        first=base[:6].view(2, 3),
        second=base[6:],
        transposed=base.view(3, 4).t(),
        nhwc=torch.arange(24.0).view(1, 2, 3, 4).contiguous(memory_format=torch.channels_last),
        parameter=torch.nn.Parameter(torch.tensor([9.0])),
    )


def archive(path, data_pkl, storages=(("0", struct.pack("<4f", 1, 2, 3, 4)),), compressed=False, extra=()):
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method) as target:
        entries = [("a/data.pkl", data_pkl), ("a/byteorder", b"little"), ("a/version", b"3\n")]
        entries += [(f"a/data/{key}", data) for key, data in storages] + list(extra)
        for name, data in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            target.writestr(info, data)


def text(s):
    data = s.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def name(module, attribute):
    return b"c" + module.encode() + b"\n" + attribute.encode() + b"\n"


def number(n):
    return b"J" + struct.pack("<i", n)


def storage(kind="FloatStorage", key="0", count=4):
    return b"(" + text("storage") + name("torch", kind) + text(key) + text("cpu") + number(count) + b"tQ"


def tensor(store=None, offset=0, shape=(4,), strides=(1,)):
    tup = lambda values: b"(" + b"".join(number(v) for v in values) + b"t"
    return (name("torch._utils", "_rebuild_tensor_v2") + b"(" + (store or storage()) + number(offset) + tup(shape)
            + tup(strides) + b"\x89" + name("collections", "OrderedDict") + b")RtR")


def in_dict(value):
    return b"\x80\x02}" + text("w") + value + b"s."


def call(module, attribute, argument=f"touch {CANARY}"):
    return name(module, attribute) + b"(" + text(argument) + b"tR"


def stack_global(module, attribute):
    return b"\x8c" + bytes([len(module)]) + module.encode() + b"\x8c" + bytes([len(attribute)]) + attribute.encode() + b"\x93"


def attacks():
    """Name to (pickle, what the refusal must mention)."""
    shell = [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("os", "popen"), ("os", "execv"), ("os", "remove"),
        ("subprocess", "Popen"), ("subprocess", "check_output"), ("subprocess", "run"), ("builtins", "eval"),
        ("builtins", "exec"), ("builtins", "compile"), ("builtins", "__import__"), ("builtins", "getattr"),
        ("__builtin__", "eval"), ("builtins", "open"), ("runpy", "_run_code"), ("importlib", "import_module"),
        ("pty", "spawn"), ("shutil", "rmtree"), ("socket", "create_connection"), ("webbrowser", "open"),
        ("torch", "load"), ("torch.hub", "load"), ("torch.jit", "load"), ("torch.serialization", "load"),
        ("torch._utils", "_rebuild_sparse_tensor"), ("torch.nn.modules.linear", "Linear"), ("numpy", "load"),
        ("numpy.core.multiarray", "_reconstruct"), ("pickle", "loads"), ("codecs", "decode"), ("ctypes", "CDLL"),
        ("operator", "attrgetter"), ("functools", "partial"), ("timeit", "timeit"), ("bdb", "Bdb"),
        ("argparse", "Namespace"), ("collections", "defaultdict"), ("asyncio", "create_subprocess_shell"),
    ]
    found = {f"call-{m}-{a}": (in_dict(call(m, a)), f"{m}.{a}") for m, a in shell}
    evil = stack_global("os", "system")
    found |= {
        "stack-global": (in_dict(evil + b"(" + text(CANARY) + b"tR"), "os.system"),
        "stack-global-of-memo": (in_dict(
            text("os") + b"q\x00" + text("system") + b"q\x01" + b"h\x00h\x01\x93(" + text(CANARY) + b"tR"), "os.system"),
        "inst": (in_dict(b"(" + text(CANARY) + b"ios\nsystem\n"), "INST"),
        "obj": (in_dict(b"(" + name("collections", "OrderedDict") + text(CANARY) + b"o"), "OBJ"),
        "newobj": (in_dict(name("collections", "OrderedDict") + b")\x81"), "NEWOBJ"),
        "newobj-ex": (in_dict(name("collections", "OrderedDict") + b")}\x92"), "NEWOBJ_EX"),
        "ext1": (in_dict(b"\x82\x01"), "EXT1"),
        "ext2": (in_dict(b"\x83\x01\x00"), "EXT2"),
        "ext4": (in_dict(b"\x84\x01\x00\x00\x00"), "EXT4"),
        "persid-text": (in_dict(b"Pfoo\n"), "PERSID"),
        "reduce-of-text": (in_dict(text("os.system") + b"(" + text(CANARY) + b"tR"), "REDUCE"),
        "reduce-of-storage": (in_dict(storage() + b")R"), "REDUCE"),
        "dict-from-arguments": (in_dict(name("collections", "OrderedDict") + b"(" + text("x") + b"tR"), "OrderedDict"),
        "build-on-tensor": (in_dict(tensor() + b"}b"), "BUILD"),
        "build-with-text": (in_dict(b"}" + text("x") + b"b"), "BUILD"),
        "setitem-on-tensor": (in_dict(tensor() + text("k") + number(1) + b"s"), "SETITEM"),
        "setitem-on-tuple": (in_dict(b")" + text("k") + number(1) + b"s"), "SETITEM"),
        "append-to-dict": (in_dict(b"}" + number(1) + b"a"), "APPEND"),
        "storage-of-system": (in_dict(b"(" + text("storage") + name("os", "system") + text("0") + text("cpu")
                                      + number(4) + b"tQ"), "os.system"),
        "storage-too-long": (in_dict(tensor(storage(count=1000), shape=(1000,))), "storage 0"),
        "storage-too-short": (in_dict(tensor(storage(count=1), shape=(1,))), "storage 0"),
        "storage-of-other-type": (in_dict(tensor(storage("DoubleStorage"))), "storage 0"),
        "storage-missing": (in_dict(tensor(storage(key="7"))), "storage 7"),
        "storage-path": (in_dict(tensor(storage(key="../data.pkl"))), "storage ../data.pkl"),
        "storage-negative": (in_dict(tensor(storage(count=-1))), "BINPERSID"),
        "storage-of-two-kinds": (b"\x80\x02}(" + text("v") + tensor() + text("w") + tensor(storage("IntStorage")) + b"u.",
                                 "two kinds"),
        "tensor-beyond": (in_dict(tensor(offset=2)), "beyond"),
        "tensor-strides-beyond": (in_dict(tensor(shape=(2, 2), strides=(100, 1))), "beyond"),
        "tensor-negative-offset": (in_dict(tensor(offset=-1)), "w"),
        "tensor-negative-stride": (in_dict(tensor(strides=(-1,))), "shape"),
        "tensor-huge": (in_dict(tensor(shape=(2**31 - 1,) * 6, strides=(1,) * 6)), "size"),
        "tensor-expanded": (in_dict(tensor(shape=(100000,), strides=(0,))), "times the size"),
        "tensor-without-strides": (in_dict(tensor(shape=(2, 2), strides=(1,))), "strides"),
        "no-dict": (b"\x80\x02" + tensor() + b".", "no dict"),
        "entry-no-tensor": (in_dict(number(5)), "no tensor"),
        "self-reference": (b"\x80\x02}q\x00" + text("w") + b"h\x00s.", "no tensor"),
        "list-in-itself": (in_dict(b"]q\x00h\x00a"), "no tensor"),
        "memo-empty": (in_dict(b"h\x63"), "memo"),
        "stack-empty": (b"\x80\x02s.", "stack"),
        "mark-missing": (b"\x80\x02t.", "mark"),
        "cut-off": (b"\x80\x02}" + b"X\xff\xff", "middle"),
        "text-longer-than-file": (in_dict(b"X\xff\xff\xff\x7f"), "bytes"),
        "text-no-utf8": (in_dict(b"X\x01\x00\x00\x00\xff"), "UTF-8"),
        "long-of-255-bytes": (in_dict(b"\x8a\xff" + b"\x00" * 255), "255 bytes"),
        "protocol-200": (b"\x80\xc8}.", "protocol"),
        "left-over": (b"\x80\x02}}.", "left over"),
        "key-a-tuple": (b"\x80\x02}))s.", "key"),
        "name-without-end": (b"\x80\x02c" + b"a" * 2000, "name without an end"),
        "bytearray": (in_dict(b"\x96\x04\x00\x00\x00\x00\x00\x00\x00abcd"), "BYTEARRAY8"),
        "pop": (in_dict(number(1) + b"0" + number(2)), "0x30"),
    }
    return found


def generate(out: pathlib.Path) -> None:
    torch.manual_seed(0)
    values = state()
    for kind, zipped in (("zip", True), ("legacy", False)):
        buffer = io.BytesIO()
        torch.save(values, buffer, _use_new_zipfile_serialization=zipped)
        (out / f"state-{kind}.pth").write_bytes(buffer.getvalue())
    for wrapper in ("state_dict", "model"):
        buffer = io.BytesIO()
        torch.save({wrapper: {"w": torch.tensor([1.0, 2.0])}, "epoch": 3}, buffer)
        (out / f"wrapped-{wrapper}.pth").write_bytes(buffer.getvalue())
    expected = {k: dict(dtype=str(v.dtype), shape=list(v.shape), values=[float(x) for x in v.detach().double().flatten()])
                for k, v in values.items()}
    (out / "state.json").write_text(json.dumps(expected) + "\n")
    plain = {k: v.detach().contiguous().clone() for k, v in values.items()}
    save_file(plain, out / "state.safetensors", metadata={"mean": "[0.5, 0.4]", "std": "[0.2, 0.3]"})
    with zipfile.ZipFile(out / "attacks.zip", "w", zipfile.ZIP_DEFLATED) as all_attacks:
        index = {}
        for title, (data, mentions) in attacks().items():
            path = out / "attack.tmp"
            archive(path, data)
            all_attacks.writestr(zipfile.ZipInfo(f"{title}.pth"), path.read_bytes())
            index[title] = mentions
        good = in_dict(tensor())
        for title, mentions, arguments in (
            ("zip-compressed", "compressed", dict(compressed=True)),
            ("zip-two-pickles", "two pickles", dict(extra=[("b/data.pkl", good)])),
            ("zip-torchscript", "TorchScript", dict(extra=[("a/constants.pkl", good)])),
            ("zip-code", "TorchScript", dict(extra=[("a/code/x.py", b"import os")])),
            ("zip-bomb", "compressed", dict(compressed=True, storages=[("0", b"\0" * 10_000_000)])),
        ):
            archive(path, good, **arguments)
            all_attacks.writestr(zipfile.ZipInfo(f"{title}.pth"), path.read_bytes())
            index[title] = mentions
        raw = {
            "bare-pickle": (b"cos\nsystem\n(S'touch " + CANARY.encode() + b"'\ntR.", "os.system"),
            "bare-protocol-4": (pickle.dumps({"w": 1}, 4), "torch.save"),
            "tar": (b"sys_info" + b"\0" * 600, ""),
            "zip-cut-off": (path.read_bytes()[:-30], "zip"),
            "zip-without-pickle": (b"PK\x05\x06" + b"\0" * 18, "data.pkl"),
            "empty": (b"", ""),
        }
        for title, (data, mentions) in raw.items():
            all_attacks.writestr(zipfile.ZipInfo(f"{title}.pth"), data)
            index[title] = mentions
        path.unlink()
        all_attacks.writestr(zipfile.ZipInfo("index.json"), json.dumps(index, indent=1))
