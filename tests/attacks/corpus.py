"""All attacks, by family."""

import carrying_out
import confusing
import escaping
import exhaustion
import forging
import imports
import loans
import persistence
import reading_secrets

ATTACKS = (
    *forging.ATTACKS,
    *reading_secrets.ATTACKS,
    *carrying_out.ATTACKS,
    *persistence.ATTACKS,
    *exhaustion.ATTACKS,
    *escaping.ATTACKS,
    *confusing.ATTACKS,
    *loans.ATTACKS,
    *imports.ATTACKS,
)
