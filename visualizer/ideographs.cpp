#include "visualizer/ideographs.h"

#include "visualizer/theme/fonts.h"

namespace co::studio {
namespace {

class Collector {
  public:
    void add(std::string_view text) {
        while (!text.empty()) {
            // Most texts have none, and their first bytes tell.
            if (static_cast<unsigned char>(text.front()) < 0xE0) {
                text.remove_prefix(1);
                continue;
            }
            if (const char32_t character = take_character(text); is_ideograph(character)) found_.insert(character);
        }
    }

    void add(const LessonText& lesson) {
        add(lesson.chapter), add(lesson.title), add(lesson.question);
        for (const Block& block : lesson.blocks) {
            for (const Run& run : block.runs) add(run.text);
        }
        for (const ChoiceText& choice : lesson.choices) add(choice.text), add(choice.why);
        for (const CheckpointText& checkpoint : lesson.checkpoints) add(checkpoint.title), add(checkpoint.prose);
        for (const TaskText& task : lesson.tasks) {
            add(task.title), add(task.prose);
            for (const std::string& hint : task.hints) add(hint);
        }
        if (lesson.challenge) add(lesson.challenge->title), add(lesson.challenge->prose);
    }

    std::set<char32_t> take() { return std::move(found_); }

  private:
    std::set<char32_t> found_;
};

}  // namespace

std::set<char32_t> ideographs_of(const Session& session) {
    Collector collector;
    collector.add(session.lesson());
    collector.add(session.code().program);
    collector.add(session.code().twin);
    for (const std::string& text : session.model().trace().texts) collector.add(text);
    for (const lessons::Lesson& lesson : session.course()) collector.add(lesson.title), collector.add(lesson.chapter);
    collector.add(session.query());
    collector.add(session.view().filter);
    return collector.take();
}

}  // namespace co::studio
