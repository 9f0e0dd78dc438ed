// PanelInput: what every panel's layout is given. A panel is a pure function of it.
//
//     const State state = model.at(view.cursor);
//     Scene scene = lay_out_timeline({model, state, view, {1280, 194}, measure});
#pragma once

#include "visualizer/layout/scene.h"
#include "visualizer/layout/view.h"
#include "visualizer/model/model.h"

namespace co::studio {

struct PanelInput {
    const Model& model;
    const State& state;  // model.at(view.cursor), made once for all panels
    const View& view;
    Size size;
    const MeasureText& measure;
    const Model* other = nullptr;                       // the history that this one is compared with
    std::uint32_t difference = 0;                       // the first step that the two do not share
    const std::vector<std::uint32_t>* found = nullptr;  // the steps that the filter of the events lets pass
    std::uint64_t seed = model.trace().seed;            // in force at the cursor
    bool can_fold = false;                              // the panel's header offers it

    /// The coroutine that the panels are about: the selected one, else the running one, else the one of the last step.
    std::uint32_t focus() const;
    /// The process that they are about: the selected coroutine's, else that of the last step.
    std::uint32_t process() const;
};

}  // namespace co::studio
