"""The random numbers of the validation, written again: xoshiro128** seeded through MurmurHash3's finalizer."""

MASK = 0xFFFFFFFF
FOLDS, PERMUTATION, BOOTSTRAP, DESIGN = 1, 2, 3, 4


def mix(h):
    h &= MASK
    h ^= h >> 16
    h = h * 0x85EBCA6B & MASK
    h ^= h >> 13
    h = h * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def rotate(x, k):
    return (x << k | x >> 32 - k) & MASK


class Stream:
    def __init__(self, seed, purpose, index):
        state = mix(seed & MASK)
        for word in (seed >> 32, purpose, index):
            state = mix(state ^ word)
        self.s = [mix(state + k) for k in (0x9E3779B9, 0x3C6EF372, 0xDAA66D2B, 0x78DDE6E4)]

    def next(self):
        s = self.s
        result = rotate(s[1] * 5 & MASK, 7) * 9 & MASK
        t = s[1] << 9 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 11)
        return result

    def below(self, bound):
        limit = 2**32 - 2**32 % bound
        while True:
            bits = self.next()
            if bits < limit:
                return bits % bound

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
