"""How a submission ends: erased, asked to be, or idle for so long that it will be.

The timers that erase many, and how long anything is kept, are in `storage.upkeep`. Enter by `erasing.erase`.
"""
