# With this file, pytest finds linreg.py in the folder above.
