#pragma once

// KONTWIN_CLONES before a function builds it for several instruction sets and chooses at start:
// wider vectors where the machine has them; no fused operations, so the bits are the same. The
// sanitizers' runtimes cannot resolve such functions at load time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__x86_64__)
#define KONTWIN_CLONES
#else
#define KONTWIN_CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
