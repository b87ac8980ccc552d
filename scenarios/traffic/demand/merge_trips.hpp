#pragma once

#include "scenarios/traffic/demand/trip_table.hpp"

namespace kontwin::traffic {

/// Adds the trips of a table, with their types, routes, halts and stops, to another one; numbers
/// must not meet. Names are kept where either table has them.
void merge_trips(TripTable& into, TripTable from);

/// Puts the trips of a table into their order, by moment, then number, with their names.
void sort_trips(TripTable& table);

}  // namespace kontwin::traffic
