"""Hashes that other libraries made of one password, at their lowest cost."""

# Django 5.2, passlib 1.7, bcrypt 5.0 and argon2-cffi 25.1 made them.

from __future__ import annotations

OLD = "Grüße vom alten System"
HASHES = {
    "bcrypt": "$2b$04$1c083SVfhr1i6h2f.X.UGOcas6INZppK2dL4sz.XJFLmfD9afvsC6",
    "bcrypt of PHP": "$2y$04$1c083SVfhr1i6h2f.X.UGOcas6INZppK2dL4sz.XJFLmfD9afvsC6",
    "bcrypt of Django": "bcrypt$$2b$04$qQihXbJkMzEWDY30mbLBV.Ha6JioXGoVgnyz5SwRqmI5BYnkJuX9C",
    "bcrypt_sha256 of Django": "bcrypt_sha256$$2b$04$/DGQgUFjXc1XF9ZIhZ1B/.JioFfjJoqzmk.H42vouu.kJ7KxXBi9O",
    "Argon2id": "$argon2id$v=19$m=64,t=1,p=2$/U2EDi+4C5jf8xHsDF2dzg$2Pphg84gVJKZbMgHiPdvHLcttvbi+lsXr0vQ+iI23zQ",
    "Argon2id of Django": (
        "argon2$argon2id$v=19$m=64,t=1,p=2$c2FsdHNhbHRzYWx0c2FsdHNhbHQxMg$n7/YFPLAk1aCTVPOgg9IBB6oUCsF7C4ahiNpL86Y3Qk"
    ),
    "scrypt of passlib": "$scrypt$ln=4,r=8,p=1$RagVIsQY4/w/5zxnzNlbCw$6TkEImAUkVDNtRLsegVYyYEsXzqFYX2QVmmwDc/dWwM",
    "scrypt of Django": (
        "scrypt$16$saltsaltsaltsalt$8$5"
        "$Gxaq5bStwNC+QdRFjc+JGxc8ETA0tzggdiqiyOezA8N4vG5YIxv5F3f/iFHoTNEwo67z2VVXnRenliWXlNJY2w=="
    ),
    "PBKDF2 of passlib": "$pbkdf2-sha256$1000$jJFS6p3T.t/b.3/P.f8/xw$u6cT4n6Xj3Rw/zmFjw3JWTlG6EhTqk4/y2MzRzTqm0U",
    "PBKDF2 of passlib, SHA-512": (
        "$pbkdf2-sha512$1000$klKKUQqB0FqL0frfO.f8nw"
        "$1eaEqLjHNrNXwOafBABoN2HvkhAmHo5P74sgKdkFMEvxK7d70fS.pcyTS4NVpjmA8DxAcDCiyHDusXUNvOREsQ"
    ),
    "PBKDF2 of Django": "pbkdf2_sha256$1000$saltsaltsaltsaltsalts1$NSTUSFs6uv2u26xzveGjvwy6vYCQ1agWZ36VmfHBowI=",
}
