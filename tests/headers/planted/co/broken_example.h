// BrokenExample: a public header whose example nobody tried.
//
//     co::slep(1s);      // planted
#pragma once
