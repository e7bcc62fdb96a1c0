#pragma once

namespace fusemoe {

/// Environment the numerical libraries read when they are loaded; call first in main(), before any thread starts.
/// Settings the user made are left alone. OpenBLAS 0.3.21 takes AMD's AVX-512 processors for Haswell and runs at half
/// their speed, and OpenMP threads that spin while waiting would starve the window.
void prepareNumericEnvironment();

}  // namespace fusemoe
