#include "visualizer/layout/panel.h"

namespace co::studio {

std::uint32_t PanelInput::focus() const {
    if (view.selected != trace::nobody && state.coroutine(view.selected)) return view.selected;
    if (state.running != trace::nobody) return state.running;
    if (state.step == 0) return trace::nobody;
    return model.event(state.step).coroutine;
}

std::uint32_t PanelInput::process() const {
    const bool chosen = view.selected != trace::nobody && state.coroutine(view.selected);
    return chosen ? process_of(view.selected) : state.process;
}

}  // namespace co::studio
