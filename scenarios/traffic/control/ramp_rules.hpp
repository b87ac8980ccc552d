#pragma once

namespace kontwin::traffic {

/// The rate of the next interval by ALINEA (Papageorgiou, Hadj-Salem and Blosseville 1991): the
/// last one and `gain_vph` times what is missing to the wished occupancy of the main road.
double alinea_vph(double last_vph, double gain_vph, double wished_occupancy, double occupancy);

/// The rate at which a ramp's queue, of `queue` vehicles now and `arrived` in the last interval,
/// reaches `longest` vehicles at the end of the next: the queue override of Smaragdis and
/// Papageorgiou 2003. Negative while there is room enough.
double override_vph(double queue, double longest, double arrived, double interval_s);

}  // namespace kontwin::traffic
