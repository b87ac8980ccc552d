#include "io/flood/sfincs_keywords.hpp"

#include <functional>
#include <set>
#include <string_view>

namespace kontwin::flood {

namespace {

using Words = std::set<std::string_view, std::less<>>;

/// What changes the flow and is not here.
const Words refused{"sbgfile",    "qtrfile",           "drnfile",          "urbfile",
                    "qinffile",   "smaxfile",          "sefffile",         "ksfile",
                    "sigmafile",  "psifile",           "f0file",           "fcfile",
                    "kdfile",     "volfile",           "rstfile",          "bzifile",
                    "bdrfile",    "bcafile",           "netbndbzsbzifile", "netsrcdisfile",
                    "spwfile",    "netspwfile",        "amufile",          "amvfile",
                    "ampfile",    "amprfile",          "wndfile",          "netamuamvfile",
                    "netamufile", "netamvfile",        "netampfile",       "netamprfile",
                    "wfpfile",    "wfp_file",          "whifile",          "wtifile",
                    "wstfile",    "wavemaker_wfpfile", "wvmfile",          "snapwave_bndfile",
                    "gwfile"};
const Words refused_when_on{"snapwave", "wavemaker", "wave_enhanced_roughness"};

/// What is read.
const Words used{
    "mmax",           "nmax",        "dx",       "dy",           "x0",          "y0",
    "rotation",       "crsgeo",      "epsg",     "tref",         "tstart",      "tstop",
    "dtout",          "dtmapout",    "dthisout", "depfile",      "mskfile",     "indexfile",
    "inputformat",    "manningfile", "manning",  "manning_land", "manning_sea", "rgh_lev_land",
    "rgh_level_land", "zsini",       "inifile",  "bndfile",      "bzsfile",     "srcfile",
    "disfile",        "precipfile",  "prcpfile", "qinf",         "qinf_zmin",   "scsfile",
    "thdfile",        "weirfile",    "obsfile",  "crsfile",      "alpha",       "huthresh",
    "theta",          "advection",   "latitude", "coriolis",     "bndtype",     "viscosity"};

/// What changes nothing here: names and times of results, densities that only wind and pressure
/// would need, how steps are chosen, where it stops.
const Words passed_over{"outputformat",
                        "dtmaxout",
                        "dtrstout",
                        "trstout",
                        "dtwnd",
                        "tspinup",
                        "t0out",
                        "t1out",
                        "min_lev_hmax",
                        "storevel",
                        "storevelmax",
                        "storefluxmax",
                        "storecumprcp",
                        "storetwet",
                        "storehsubgrid",
                        "storeqdrain",
                        "storezvolume",
                        "storemeteo",
                        "storemaxwind",
                        "store_dynamic_bed_level",
                        "storehmean",
                        "twet_threshold",
                        "storetzsmax",
                        "debug",
                        "dtmax",
                        "dtmin",
                        "stopdepth",
                        "rhoa",
                        "rhow",
                        "gapres",
                        "pavbnd",
                        "baro",
                        "cdnrb",
                        "cdwnd",
                        "cdval",
                        "btfilter",
                        "advlim",
                        "nuvisc",
                        "nuviscdim",

                        "percentage_done",
                        "regular_output_on_mesh",
                        "nc_deflate_level",
                        "timestep_analysis",
                        "huvmin",
                        "dtbnd",
                        "utmzone",
                        "ampr_block",
                        "geomskfile"};

}  // namespace

std::vector<std::string> check_sfincs_keywords(const SfincsInput& input) {
  std::vector<std::string> notes;
  for (const SfincsInput::Keyword& keyword : input.keywords()) {
    if (!input.has(keyword.name)) continue;
    const bool on = refused_when_on.contains(keyword.name) && keyword.value != "0";
    if (on || refused.contains(keyword.name)) {
      input.fail(keyword.name,
                 "'" + keyword.name + "' changes the flow, and this program does not read it");
    }
    if (used.contains(keyword.name) || passed_over.contains(keyword.name) ||
        refused_when_on.contains(keyword.name)) {
      continue;
    }
    notes.push_back(input.path().string() + ":" + std::to_string(keyword.line) + ": '" +
                    keyword.name + "' is not known and was left out");
  }
  return notes;
}

}  // namespace kontwin::flood
