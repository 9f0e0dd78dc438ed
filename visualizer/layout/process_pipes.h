// Pipes of the Processes view: the ways between its places, how much waits at their ends, and what is under way now.
//
//     draw_pipes(scene, input, places);        // below the boxes
//     draw_queues(scene, input, places);
//     draw_travelling(scene, input, places);   // above everything
#pragma once

#include <vector>

#include "visualizer/layout/panel.h"
#include "visualizer/layout/process_places.h"

namespace co::studio {

/// From one place to another, out of the box's edge and into the other one's: a curve with its two control points.
struct Pipe {
    Point from, leave, arrive, to;
    /// Where a share of the way is done.
    Point at(float share) const;
};
Pipe pipe_between(const ProcessPlaces& places, const ProcessPlace& from, const ProcessPlace& to);
/// Where the plate of what travels stands: on the pipe, and on no box.
Rect plate_of(const ProcessPlaces& places, const Pipe& pipe, float share, float width);

/// Something that travels: a message between two parts, or bytes between a client and the server.
struct Travelling {
    std::uint32_t from = 0, to = 0;  // processes
    float share = 0;                 // of its way
    std::string text = {};
};
std::vector<Travelling> travelling(const PanelInput& input);

void draw_pipes(Scene& scene, const PanelInput& input, const ProcessPlaces& places);
/// How many messages wait for each part, at the side from which they come.
void draw_queues(Scene& scene, const PanelInput& input, const ProcessPlaces& places);
void draw_travelling(Scene& scene, const PanelInput& input, const ProcessPlaces& places);

}  // namespace co::studio
