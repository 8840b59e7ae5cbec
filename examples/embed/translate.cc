// Translates standard input, line by line, with the model in a folder: translate MODEL < text
#include <heed/backend/cpu/cpu_backend.h>
#include <heed/service/translator.h>

#include <iostream>

int main(int, char** arguments) {
  const heed::Translator translator(arguments[1], heed::cpu_backend());
  for (std::string line; std::getline(std::cin, line);)
    std::cout << translator.best_translations({&line, 1}, {}).front() << '\n';
}
