#pragma once

namespace kontwin::traffic {

/// The share of a link's capacity that is left beside an incident: Highway Capacity Manual 2010,
/// exhibit 10-17 (as in FHWA-HOP-13-042, table 40), for 2 to 8 lanes of which 1 to 3 are blocked.
/// Drivers slow down to look: of two lanes one carries not half but 35 %. With more lanes or more
/// of them blocked each open lane keeps what it does in the last case that is known; 0 when all
/// are blocked, 1 when none is.
double incident_capacity(int lanes, int blocked);

}  // namespace kontwin::traffic
