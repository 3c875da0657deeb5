"""Codes of states and provinces that ISO 3166-2 has withdrawn and tables still use."""

from __future__ import annotations

from collections.abc import Mapping

# China: the digits of GB/T 2260, ISO's codes until its newsletter of 2017-11-23.
_CHINA = (
    "11 BJ 12 TJ 13 HE 14 SX 15 NM 21 LN 22 JL 23 HL 31 SH 32 JS 33 ZJ 34 AH 35 FJ 36 JX 37 SD"
    " 41 HA 42 HB 43 HN 44 GD 45 GX 46 HI 50 CQ 51 SC 52 GZ 53 YN 54 XZ 61 SN 62 GS 63 QH 64 NX"
    " 65 XJ 71 TW 91 HK 92 MO"
)
# France: the regions before the reform of 2016, each now a part of the one named.
_FRANCE = (
    "A GES B NAQ C ARA D BFC E BRE F CVL G GES H 20R I BFC J IDF K OCC L NAQ M GES N OCC O HDF"
    " P NOR Q NOR R PDL S HDF T NAQ U PAC V ARA"
)
# Poland: letters until the newsletter of 2018-11-26.
_POLAND = (
    "DS 02 KP 04 LU 06 LB 08 LD 10 MA 12 MZ 14 OP 16 PK 18 PD 20 PM 22 SL 24 SK 26 WN 28 WP 30"
    " ZP 32"
)
_OTHERS = {
    "CZ": "PR 10 ST 20 JC 31 PL 32 KA 41 US 42 LI 51 KR 52 PA 53 VY 63 JM 64 OL 71 ZL 72 MO 80",
    "GR": "A1 I",
    "GT": "GU 01",
    "KZ": "ALA 75 AST 71",
    "MX": "DIF CMX MX MEX",
    "TW": "TPQ NWT TXQ TXG TNQ TNN KHQ KHH TAO TAO",
    "ZA": "GT GP NL KZN",
}


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# Country -> withdrawn code -> the code of today, both without the country.
FORMER: Mapping[str, Mapping[str, str]] = {
    "CN": _pairs(_CHINA),
    "FR": _pairs(_FRANCE),
    "PL": _pairs(_POLAND),
    **{country: _pairs(text) for country, text in _OTHERS.items()},
}
