"""Head office: takes journals in, keeps the books of all tills, and sends down what tills must know."""
