#include "cli/commands.h"

namespace heed {

void add_commands(CLI::App& program) {
  add_quickstart(program);
  add_train(program);
  add_predict(program);
  add_translate(program);
  add_summarize(program);
  add_generate(program);
  add_chat(program);
  add_serve(program);
  add_answer(program);
  add_evaluate(program);
  add_score(program);
  add_inspect(program);
  add_quantize(program);
  add_data(program);
  add_ngram(program);
  add_classify(program);
  add_report(program);
  add_compare(program);
  add_learn(program);
  add_doctor(program);
}

}  // namespace heed
