// WithoutExample: a public header that shows nobody how it is used.
#pragma once
