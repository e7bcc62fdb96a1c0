#pragma once

namespace fusemoe {

/// Environment the numerical libraries read when they are loaded; call first in main(), before any thread starts.
/// Settings the user made are left alone. OpenBLAS 0.3.21 takes AMD's AVX-512 processors for Haswell and runs at half
/// their speed, and OpenMP threads that spin while waiting would starve the window. Freed memory is kept for the next
/// operator, up to 64 MB a thread, rather than handed back at once.
void prepareNumericEnvironment();

/// As above, for main() of a program into which libgomp is linked (Qt's libraries and XGBoost pull it in): libgomp
/// reads its settings when it is loaded, before main(), so where they were not there yet the program starts once more
/// with them. Else its threads spin while they wait: beside other work a training step takes four to ten times as long.
void restartWithNumericEnvironment(char** arguments);

/// Lets other threads go before the calling one, and before those it starts from now on (a team of OpenMP threads
/// too). For work in the background; cannot be taken back.
void lowerThreadPriority();

}  // namespace fusemoe
