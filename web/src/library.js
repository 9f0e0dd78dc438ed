// Library: the course. Its list is there from the start; a lesson comes when it is opened, and its words in another
// language when somebody wants to read them.
//
//     const library = new Library(await jsonOf('course.json'));
//     library.lessons[0].title                          // of the list
//     await library.lesson('channels', 'fr')            // all of it, in words that fit

export class Library {
    #fetch;
    #whole = new Map();

    /** `fetch(name)`: the JSON of an asset. */
    constructor(list, fetch) {
        this.lessons = list.lessons;
        this.#fetch = fetch;
    }

    entry(id) {
        return this.lessons.find((one) => one.id === id);
    }

    /** All languages that any lesson is there in, English first. */
    get languages() {
        return ['en', ...new Set(this.lessons.flatMap(({words}) => Object.keys(words)))];
    }

    /** Title and chapter as the list has them; in English where there is no translation. */
    named(id, language) {
        const {title, chapter, words} = this.entry(id);
        return words[language] ?? {title, chapter};
    }

    /** `language` of what comes back: English where there is no translation. */
    async lesson(id, language) {
        const spoken = this.entry(id).words[language] ? language : 'en';
        const [lesson, words] = await Promise.all([this.#part(`lessons/${id}.json`),
                                                   spoken === 'en' ? null : this.#part(`lessons/${id}.${spoken}.json`)]);
        return {...(words ? translated(lesson, words) : lesson), language: spoken};
    }

    /** What failed to load is asked for again the next time. */
    #part(name) {
        if (!this.#whole.has(name)) {
            const part = this.#fetch(name);
            this.#whole.set(name, part);
            part.catch(() => this.#whole.delete(name));
        }
        return this.#whole.get(name);
    }
}

export function translated(lesson, words) {
    return {
        ...lesson,
        ...words,
        tries: lesson.tries.map((one, index) => ({...one, ...words.tries[index]})),
        challenge: lesson.challenge && {...lesson.challenge, ...words.challenge},
    };
}

/** As people call their own language. */
export const languageNames = {en: 'English', fr: 'Français', zh: '中文'};
