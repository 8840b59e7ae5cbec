#pragma once
#include <nlohmann/json.hpp>

#include "heed/http/request.h"

namespace heed::http {

/// What a request asks for, in whichever way it says so: the object of a JSON body; or the fields of a form
/// or multipart body and of the query string, each a string, a repeated one an array of strings, a file an
/// object {filename, content_type, content}. Line ends in form fields become LF. A GET may have a body, too,
/// as that of DeepL's client has. Every string but a file's content is UTF-8. RequestError 400 says what is
/// wrong with the body, 415 that heed knows no such type.
nlohmann::json parameters_of(const Request& request);

}  // namespace heed::http
