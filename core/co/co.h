// Everything of the runtime: coroutines, channels, wait groups, timers.
#pragma once

#include <co/channel.h>
#include <co/coroutine.h>
#include <co/deadline.h>
#include <co/kernel.h>
#include <co/run.h>
#include <co/scheduler.h>
#include <co/timer.h>
#include <co/wait_group.h>
