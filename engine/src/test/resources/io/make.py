"""Made the files beside it, with numpy 2.4.6 and safetensors 0.8.0. Numbers are k / 4 - 1 or whole."""

import json
import struct
import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import save_file

x = (np.arange(6) / 4 - 1).reshape(2, 3)
np.save("float32.npy", x.astype("<f4"))
np.save("float64-big-endian-columns-first.npy", np.asfortranarray(x.astype(">f8")))
np.save("int32-big-endian.npy", np.array([1, -2, 2**31 - 1], ">i4"))
np.save("int64-columns-first.npy", np.asfortranarray(np.arange(24, dtype="<i8").reshape(2, 3, 4)))
np.save("uint8.npy", np.array([[0], [127], [255]], "u1"))
np.save("scalar.npy", np.float32(2.5))
np.save("empty.npy", np.zeros((0, 3), "<f4"))
np.save("float16.npy", x.astype("<f2"))
for version in (2, 3):
    with open(f"version-{version}.npy", "wb") as file:
        npy.write_array(file, x.astype("<f4"), version=(version, 0))
np.savez("stored.npz", x=x.astype("<f4"), y=np.array([1, 2, 3], "<i8"))
np.savez_compressed("deflated.npz", x=x.astype("<f4"), y=np.array([1, 2, 3], "<i8"))
low_high = lambda t: np.array([[np.iinfo(t).min, np.iinfo(t).max], [0, 1]], t)
np.savez_compressed(
    "types.npz",
    **{t: low_high(t) for t in ["i1", "i2", "<i4", ">i8", "u1", ">u2", "u4", "<u8"]},
    b1=np.array([[True, False], [False, True]]),
    f2=np.array([[0.1, 65504], [-0.0, np.inf]], "<f2"),
    f8=np.asfortranarray(np.array([[0.1, 1e300], [3, np.nan]], ">f8")),
    U=np.asfortranarray(np.array([["ä", "日本"], ["", "a\U0001f333"]])),
    big=np.array([["no", "yes"]], ">U3"),
    S=np.array([b"setosa", "ä".encode(), b"\xe4"]),
    O=np.array([1, "a"], object),
    c8=np.ones(2, "c8"),
    M=np.array(["2026-11-27"], "M8[D]"),
    m=np.array([3], "m8[s]"),
    V=np.zeros(2, "V2"),
    records=np.zeros(2, [("a", "<f4"), ("b", "<i4")]),
    g=np.ones(2, np.longdouble),
)

# The state dict of Sequential(Linear(3, 2), ReLU(), BatchNorm1d(2)), with a prefix and in several types.
save_file(
    {
        "net.0.weight": x.astype("f2"),
        "net.0.bias": np.array([0.5, -0.25], "f8"),
        "net.2.weight": np.array([1.5, 2], "f4"),
        "net.2.bias": np.array([-1, 1], "f4"),
        "net.2.running_mean": np.array([0.125, 0.25], "f4"),
        "net.2.running_var": np.array([4, 1], "f4"),
        "net.2.num_batches_tracked": np.array(7, "i8"),
        "other": np.arange(5, dtype="u1"),
    },
    "state-dict.safetensors",
    {"format": "pt"},
)
