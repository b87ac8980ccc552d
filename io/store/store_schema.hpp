#pragma once

namespace kontwin {

class Database;

/// Brings the tables of a store to the form this program knows. Throws StoreError when a newer
/// program made them.
void prepare_store(Database& database);

}  // namespace kontwin
