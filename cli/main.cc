#include <iostream>

int main() {
  std::cerr << "heed: no subcommands yet\n";
  return 2;
}
