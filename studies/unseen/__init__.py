"""Wrong answers by somebody who had read the notebooks, and neither hidden tests nor misconceptions."""
