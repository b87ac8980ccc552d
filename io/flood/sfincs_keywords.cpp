#include "io/flood/sfincs_keywords.hpp"

#include <array>
#include <functional>
#include <set>
#include <string_view>

namespace kontwin::flood {

namespace {

using Words = std::set<std::string_view, std::less<>>;

/// What changes the flow and is not here, and why or what to do instead.
struct Refused {
  std::string_view reason;
  Words words;
};
const std::array<Refused, 9> refused{{
    {"each cell has one height here, and no table of what lies within it. Leave the keyword out to "
     "run the case on its 'depfile', or make a case of ours on the fine terrain",
     {"sbgfile"}},
    {"the grid is one of equal cells here. Finer parts are insets of a case of ours",
     {"qtrfile", "global"}},
    {"wind and pressure move no water here. Leave the keyword out to run the case without them",
     {"spwfile", "netspwfile", "amufile", "amvfile", "ampfile", "wndfile", "netamuamvfile",
      "netamufile", "netamvfile", "netampfile"}},
    {"rain by place is read from netCDF only ('netamprfile')", {"amprfile"}},
    {"levels at boundaries are read as series only: 'bndfile' with 'bzsfile'",
     {"bcafile", "bdrfile"}},
    {"soils that recover or differ in more than 'qinffile' or 'scsfile' tell are not here",
     {"smaxfile", "sefffile", "ksfile", "sigmafile", "psifile", "f0file", "fcfile", "kdfile",
      "netinfiltrationfile"}},
    {"there are no waves here",
     {"bzifile", "bwvfile", "bhsfile", "btpfile", "bwdfile", "bdsfile", "wfpfile", "wfp_file",
      "whifile", "wtifile", "wstfile", "wavemaker_wfpfile", "wvmfile", "snapwave_bndfile"}},
    {"levels to begin with are read from 'inifile' only", {"rstfile", "ncinifile"}},
    {"this program does not have it", {"urbfile", "volfile", "cstfile", "z0lfile", "gwfile"}},
}};
const Words refused_when_on{"snapwave", "wavemaker",  "wave_enhanced_roughness",
                            "nonh",     "vegetation", "snapwave_vegetation"};

/// What is read.
const Words used{"mmax",
                 "nmax",
                 "dx",
                 "dy",
                 "x0",
                 "y0",
                 "rotation",
                 "crsgeo",
                 "epsg",
                 "utmzone",
                 "tref",
                 "tstart",
                 "tstop",
                 "dtout",
                 "dtmapout",
                 "dthisout",
                 "depfile",
                 "mskfile",
                 "indexfile",
                 "manning",
                 "manning_land",
                 "manning_sea",
                 "rgh_lev_land",
                 "rgh_level_land",
                 "manningfile",
                 "zsini",
                 "inifile",
                 "bndfile",
                 "bzsfile",
                 "srcfile",
                 "disfile",
                 "netbndbzsbzifile",
                 "netsrcdisfile",
                 "precipfile",
                 "prcpfile",
                 "prcfile",
                 "netamprfile",
                 "amprblock",
                 "ampr_block",
                 "qinf",
                 "qinf_zmin",
                 "qinffile",
                 "scsfile",
                 "sfacinf",
                 "drnfile",
                 "thdfile",
                 "weirfile",
                 "obsfile",
                 "crsfile",
                 "alpha",
                 "huthresh",
                 "theta",
                 "advection",
                 "latitude",
                 "coriolis",
                 "bndtype",
                 "viscosity",
                 "inputformat"};

/// What changes nothing here: names and times of results, what only wind, pressure, waves and
/// advection would need, how steps are chosen and smoothed, where it stops.
const Words passed_over{
    // Results.
    "outputformat", "outputtype_map", "outputtype_his", "dtmaxout", "dtrstout", "trstout", "t0out",
    "t1out", "dtoutfixed", "min_lev_hmax", "maxlev", "hmaxfile", "hmaxgeofile", "zsfile",
    "vmaxfile", "zstfile", "htfile", "storevel", "storevelmax", "storefluxmax", "storecumprcp",
    "storetwet", "storehsubgrid", "storehmean", "storeqdrain", "storezvolume", "storemeteo",
    "storemaxwind", "storefw", "storewavdir", "store_dynamic_bed_level",
    "store_tsunami_arrival_time", "tsunami_arrival_threshold", "twet_threshold", "storetzsmax",
    "writeruntime", "percentage_done", "regular_output_on_mesh", "nc_deflate_level",
    "timestep_analysis", "debug",
    // Steps, smoothing and limits.
    "dtmax", "dtmin", "stopdepth", "hmin_cfl", "tspinup", "slopelim", "btfilter", "btrelax",
    "wiggle_suppression", "wiggle_factor", "wiggle_threshold", "structure_relax", "uvlim", "uvmax",
    "huvmin", "dtbnd", "friction2d", "advlim", "advection_scheme", "advection_mask", "nuvisc",
    "nuviscdim", "nuviscfac", "h73table", "nh_fnudge", "nh_tstop", "nh_tol", "nh_itermax",
    // Wind, pressure and waves.
    "dtwnd", "rhoa", "rhow", "gapres", "pavbnd", "baro", "cdnrb", "cdwnd", "cdval", "waveage",
    "spinup_meteo", "spwmergefrac", "usespwprecip", "dtwave", "radstr", "nfreqsig", "freqminig",
    "freqmaxig", "igperiod", "wmtfilter", "wmfred", "wmsignal", "snapwave_wind", "horton_kr_kd",
    "geomskfile"};

}  // namespace

std::vector<std::string> check_sfincs_keywords(const SfincsInput& input) {
  std::vector<std::string> notes;
  for (const SfincsInput::Keyword& keyword : input.keywords()) {
    if (!input.has(keyword.name)) continue;
    for (const Refused& group : refused) {
      if (!group.words.contains(keyword.name) || keyword.value == "0") continue;
      input.fail(keyword.name,
                 "'" + keyword.name + "' changes the flow: " + std::string(group.reason));
    }
    if (refused_when_on.contains(keyword.name) && input.flag(keyword.name).value_or(false)) {
      input.fail(keyword.name,
                 "'" + keyword.name + "' changes the flow, and this program does not have it");
    }
    if (used.contains(keyword.name) || passed_over.contains(keyword.name) ||
        refused_when_on.contains(keyword.name) || keyword.value == "0") {
      continue;
    }
    notes.push_back(input.path().string() + ":" + std::to_string(keyword.line) + ": '" +
                    keyword.name + "' is not known and was left out");
  }
  return notes;
}

}  // namespace kontwin::flood
