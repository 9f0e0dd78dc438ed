// Context over Boost.Context's fcontext: a hand-written assembly jump, some 5 ns.
#include <boost/context/detail/fcontext.hpp>

#include "context.h"
#include "native/context_guard.h"

namespace co {
namespace {

namespace boost_context = boost::context::detail;

/// A jump gives its target the place that it left; it belongs to the context that switched here.
void arrived_by(Context& self, boost_context::transfer_t transfer) {
    self.came_from->machine = transfer.fctx;
    arrived(self);
}

void run_entry(boost_context::transfer_t transfer) {
    Context& self = *static_cast<Context*>(transfer.data);
    arrived_by(self, transfer);
    self.entry(self.argument);
}

}  // namespace

void make_context(Context& context, Stack stack, void (*entry)(void*), void* argument) {
    context.stack = stack;
    context.entry = entry;
    context.argument = argument;
    context.machine = boost_context::make_fcontext(stack.top(), stack.bytes, run_entry);
    prepare_context(context);
}

Answer switch_context(Context& from, Context& to) {
    leaving(from, to, Leaving::for_a_while);
    to.came_from = &from;
    arrived_by(from, boost_context::jump_fcontext(to.machine, &to));
    return answer_of(from);
}

void leave_context(Context& from, Context& to) {
    leaving(from, to, Leaving::for_good);
    to.came_from = &from;
    boost_context::jump_fcontext(to.machine, &to);
}

void destroy_context(Context& context) { forget_context(context); }

const char* context_back_end() { return "fcontext"; }

}  // namespace co
